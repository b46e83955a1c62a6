package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While logins wait for a slow provider, everything else is answered. */
abstract class WaitingSemantics extends SemanticsBase {
  private static final int THREADS = 4;
  private static final int LOGINS = 20;
  private static final Duration LONG = Duration.ofSeconds(15);

  private final ExecutorService tabs = Executors.newCachedThreadPool();

  @AfterEach
  void closeTabs() {
    tabs.shutdownNow();
  }

  private Application application() throws Exception {
    return guarded("")
        .page("/who", ServletPage.text(HttpServletRequest::getRemoteUser))
        .page("/public/page", ServletPage.text(request -> "public"));
  }

  @Test
  void loginsThatWaitForTheirTokensHoldNoThreadOfTheContainer() throws Exception {
    containerWith(THREADS);
    deploy(application());
    signIn(browser, "/who");
    List<Page> answered = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      Page sent = new TestBrowser().open(url("/who")).follow();
      assertTrue(sent.location().contains("/gatekeeper/callback"), sent::toString);
      answered.add(sent);
    }
    provider.delayTokenResponse(LONG);

    List<Future<?>> waiting = new ArrayList<>();
    answered.forEach(page -> waiting.add(tabs.submit(page::follow)));
    awaitTokenRequests(1 + THREADS);

    assertOthersAreAnswered(waiting);
  }

  private void awaitTokenRequests(int least) throws InterruptedException {
    for (int i = 0; provider.tokenRequests() < least && i < 500; i++) {
      Thread.sleep(20);
    }
    assertTrue(provider.tokenRequests() >= least, "logins that wait");
  }

  @Test
  void loginsThatCantBeginYetHoldNoThreadOfTheContainer() throws Exception {
    containerWith(THREADS);
    Application first = application();
    deploy(first);
    signIn(browser, "/who");
    container().undeploy(first);
    provider.delay(Endpoint.DISCOVERY, LONG);
    container().deploy(application());

    String url = url("/who");
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      waiting.add(tabs.submit(() -> new TestBrowser().open(url).followHere()));
    }
    for (int i = 0; provider.discoveryRequests() < 2 && i < 500; i++) {
      Thread.sleep(20);
    }

    assertOthersAreAnswered(waiting);
  }

  private void assertOthersAreAnswered(List<Future<?>> waiting) throws Exception {
    for (int i = 0; i < 2 * THREADS; i++) {
      assertEquals("alice", read("/who"));
      assertEquals("public", read(new TestBrowser(), "/public/page"));
    }
    assertTrue(waiting.stream().noneMatch(Future::isDone), "the logins were over before");
  }
}
