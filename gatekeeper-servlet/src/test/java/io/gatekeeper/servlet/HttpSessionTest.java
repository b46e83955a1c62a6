package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionIdListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The container's session belongs to who is signed in. */
class HttpSessionTest extends FilterTestBase {
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicReference<HttpSession> ended = new AtomicReference<>();
  private volatile CyclicBarrier together;

  @BeforeEach
  void application() {
    server.add(
        "",
        app ->
            app.listener((HttpSessionIdListener) (event, old) -> changes.incrementAndGet())
                .filter(filter())
                .servlet("/", new EchoServlet())
                .servlet("/put", Action.answer(HttpSessionTest::put))
                .servlet("/get", Action.answer(HttpSessionTest::get))
                .servlet("/make", Action.answer(r -> r.getSession().getAttribute("cart")))
                .servlet("/public/put", Action.answer(HttpSessionTest::put))
                .servlet("/public/get", Action.answer(HttpSessionTest::get))
                .servlet("/public/make", Action.answer(r -> r.getSession().getAttribute("cart")))
                .servlet("/id", Action.answer(r -> r.getSession().getId()))
                .servlet("/change", Action.answer(HttpServletRequest::changeSessionId))
                .servlet("/together", Action.answer(this::together))
                .servlet("/ended", Action.answer(this::whileItEnds)));
  }

  private static Object put(HttpServletRequest request) {
    request.getSession().setAttribute("cart", request.getParameter("cart"));
    return request.getSession().getId();
  }

  private static Object get(HttpServletRequest request) {
    boolean valid = request.isRequestedSessionIdValid();
    HttpSession session = request.getSession(false);
    return valid + " " + (session == null ? "none" : session.getAttribute("cart"));
  }

  private Object together(HttpServletRequest request) throws IOException {
    HttpSession found = bare(request).getSession(false);
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IOException(e);
    }
    return request.getSession() == found && found.getAttribute("cart").equals("full");
  }

  private Object whileItEnds(HttpServletRequest request) {
    HttpServletRequest racing =
        new HttpServletRequestWrapper(bare(request)) {
          @Override
          public HttpSession getSession(boolean create) {
            HttpSession session = super.getSession(create);
            if (session != null && ended.compareAndSet(null, session)) {
              session.invalidate();
            }
            return session;
          }
        };
    Decision.Proceed decision = new Decision.Proceed(Identity.of("eve"), "sid", Map.of(), "");
    return new SessionBinding(racing, decision, false).find(true).getAttribute("cart");
  }

  private void signIn(String user) {
    provider.signInAs(user, Map.of());
    browser.forget("gatekeeper");
    text("/get");
  }

  @Test
  void secondUserOfABrowserDoesNotFindWhatTheFirstOneLeft() {
    signIn("alice");
    String id = text("/put?cart=full");
    signIn("bob");

    assertEquals("false none", text("/get"));
    assertEquals("null", text("/make"));
    assertEquals("true null", text("/get"));
    assertNotEquals(id, text("/id"));
    signIn("alice");
    assertEquals("false none", text("/get"), "what another user met is gone");
  }

  @Test
  void sameUserFindsItAgainAfterANewLogin() {
    signIn("alice");
    text("/put?cart=full");
    signIn("alice");

    assertEquals("true full", text("/get"));
    assertEquals("true full", text("/get"));
  }

  @Test
  void whatSomebodyPutInBeforeSigningInStaysAndTheIdChanges() {
    String before = text("/public/put?cart=full");
    assertEquals("true full", text("/public/get"));
    signIn("alice");

    assertEquals("true full", text("/get"));
    String after = text("/id");
    assertNotEquals(before, after);
    assertEquals(after, text("/id"), "it changes once");
  }

  @Test
  void fixedSessionIsOfNoUseToWhoFixedIt() {
    String fixed = text("/public/put?cart=bait");
    TestBrowser attacker = browser.copy();
    signIn("alice");
    text("/put?cart=secret");

    assertNotEquals(fixed, browser.cookie("JSESSIONID"));
    assertEquals("false none", text(attacker, "/public/get"));
  }

  @Test
  void whoIsNotSignedInIsNotShownAUsersSession() {
    signIn("alice");
    String id = text("/put?cart=full");
    TestBrowser signedOut = browser.copy().forget("gatekeeper");

    assertEquals("false none", text(signedOut, "/public/get"));
    assertEquals("true full", text("/get"), "only looking ends nothing");
    assertEquals("null", text(signedOut, "/public/make"));
    assertNotEquals(id, signedOut.cookie("JSESSIONID"));
    assertEquals("false none", text("/get"), "a new one took its place");
  }

  @Test
  void idChangesOnRequestAndNeverWithoutASession() {
    signIn("alice");
    assertEquals(500, browser.open(url("/change")).status());
    String id = text("/put?cart=full");

    assertNotEquals(id, text("/change"));
    assertEquals("true full", text("/get"));
  }

  @Test
  void requestsAtTheSameTimeBindOnceAndSeeOneSession() throws Exception {
    text("/public/put?cart=full");
    provider.signInAs("alice", Map.of());
    TestBrowser tab = new TestBrowser();
    text(tab, "/get");
    tab.plant(url("/"), "JSESSIONID=" + browser.cookie("JSESSIONID") + "; Path=/");
    together = new CyclicBarrier(8);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> tab.copy().open(url("/together")).body());
      }
      for (Future<String> same : threads.invokeAll(calls)) {
        assertEquals("true", same.get());
      }
      assertEquals(1, changes.get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sessionThatEndsWhileItIsLookedAtIsReplaced() {
    signIn("alice");
    text("/put?cart=full");

    assertEquals("null", text("/ended"));
    assertTrue(ended.get() != null, "the control");
  }

  @Test
  void ownerIsAPlainTextThatAnyStoreCanKeep() {
    signIn("alice");
    text("/put?cart=full");
    Context context = (Context) server.tomcat().getHost().findChild("");
    Object owner =
        context.getManager().findSessions()[0].getSession().getAttribute(SessionBinding.OWNER);

    assertTrue(owner instanceof String text && text.endsWith("\n" + provider.issuer() + "\nalice"));
  }
}
