package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request with a session is affirmed by looking at its token, and by nothing else. */
class AffirmTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";

  private final List<Thread> told = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private ServerSocket provider;
  private Gatekeeper gatekeeper;
  private String token;

  @BeforeEach
  void start() throws Exception {
    provider = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    provider.setSoTimeout(300);
    gatekeeper =
        Gatekeeper.builder(
                GatekeeperConfig.builder()
                    .set("issuer", "http://localhost:" + provider.getLocalPort())
                    .set("client-id", "client")
                    .set("external-url", URL)
                    .set("session-secrets", List.of(SECRET))
                    .build())
            .clock(clock)
            .listener(
                new GatekeeperListener() {
                  @Override
                  public void affirmed(Identity identity) {
                    told.add(Thread.currentThread());
                  }
                })
            .build();
    token =
        new JwtSessionTokens(
                SessionKeys.of(List.of(SECRET)),
                URL,
                "client",
                new SessionTerms(Duration.ofHours(12)),
                clock)
            .issue(new NewSession("sid", Identity.of("anna"), "login", null, null));
  }

  @AfterEach
  void stop() throws Exception {
    gatekeeper.close();
    provider.close();
  }

  @Test
  void affirmingMakesNoNetworkCallAndStaysOnTheCallersThread() {
    Set<Thread> before = threads();
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<Decision> decision = gatekeeper.handle(request()).toCompletableFuture();
      assertTrue(decision.isDone(), "complete on return");
      assertAnna(decision.join());
      assertAnna(gatekeeper.check(request()));
    }
    assertEquals(2_000, told.size());
    told.forEach(thread -> assertSame(Thread.currentThread(), thread));
    Set<Thread> after = threads();
    after.removeAll(before);
    assertEquals(Set.of(), after, "threads that affirming started");
    assertNobodyCalled();
  }

  /** The control: what does need the provider is seen to call it. */
  @Test
  void askingWhetherLoginsCanBeginDoesCallTheProvider() throws Exception {
    provider.setSoTimeout(30_000);
    assertFalse(gatekeeper.ready());
    provider.accept().close();
  }

  @Test
  void aSessionIsRefusedFromTheMomentItEnds() {
    clock.advance(Duration.ofHours(12).minusMinutes(1));
    assertAnna(gatekeeper.check(request()));
    clock.advance(Duration.ofMinutes(1));
    Decision.Respond refused =
        assertInstanceOf(Decision.Respond.class, gatekeeper.check(request().program()));
    assertEquals(Rejection.SESSION_EXPIRED, refused.rejection().orElseThrow());
    assertEquals(401, refused.response().status());
  }

  @Test
  void whatAListenerThrowsChangesNothing() {
    try (Gatekeeper other =
        Gatekeeper.builder(
                GatekeeperConfig.builder()
                    .set("issuer", "http://localhost:" + provider.getLocalPort())
                    .set("client-id", "client")
                    .set("external-url", URL)
                    .set("session-secrets", List.of(SECRET))
                    .build())
            .listener(
                new GatekeeperListener() {
                  @Override
                  public void affirmed(Identity identity) {
                    throw new IllegalStateException("a listener's own mistake");
                  }
                })
            .build()) {
      assertAnna(other.check(request()));
    }
  }

  private TestRequest request() {
    return TestRequest.get("/page?x=1").host("localhost:9999").cookie("gatekeeper", token);
  }

  private static void assertAnna(Decision decision) {
    Decision.Proceed proceed = assertInstanceOf(Decision.Proceed.class, decision);
    assertEquals("anna", proceed.identity().orElseThrow().user());
    assertEquals("anna", proceed.identityHeaders().get("X-Auth-Request-User"));
    assertEquals("", proceed.cookie());
  }

  private void assertNobodyCalled() {
    try {
      provider.accept().close();
      throw new AssertionError("the provider was called");
    } catch (SocketTimeoutException e) {
      // Nobody called within the time: that is what was to be seen.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread -> thread.getName().contains("gatekeeper") || thread.getName().contains("Http"))
        .collect(Collectors.toSet());
  }
}
