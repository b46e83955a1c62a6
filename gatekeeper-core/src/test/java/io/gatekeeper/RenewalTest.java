package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Renewals that no browser shows: a tab that comes too late, and a person let in no more. */
class RenewalTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final TestClock clock = new TestClock();
  private final Gatekeeper gatekeeper = Gatekeeper.builder(settings().build()).clock(clock).build();
  private final String token =
      new JwtSessionTokens(
              SessionKeys.of(List.of(SECRET)),
              URL,
              "client",
              new SessionTerms(Duration.ofHours(12), Optional.of(IDLE)),
              clock)
          .issue(new NewSession("sid", Identity.of("anna"), "login", null, null));

  private static GatekeeperConfig.Builder settings() {
    return GatekeeperConfig.builder()
        .set("issuer", "http://localhost:1")
        .set("client-id", "client")
        .set("external-url", URL)
        .set("session-secrets", List.of(SECRET))
        .set("session.idle-timeout", IDLE);
  }

  @AfterEach
  void stop() {
    gatekeeper.close();
  }

  private TestRequest request(String target) {
    return TestRequest.get(target).navigation().host("localhost:9999").cookie("gatekeeper", token);
  }

  @Test
  void requestThatWasRefusedAsDueIsRenewedThoughItsTokenWasMeanwhile() {
    clock.advance(Duration.ofMinutes(4));
    Decision.Respond refused =
        assertInstanceOf(Decision.Respond.class, gatekeeper.check(request("/late?x=1")));
    assertEquals(302, refused.response().status());
    for (int tab = 0; tab < 2; tab++) {
      assertEquals(303, renewed(gatekeeper).status());
    }

    Response late = gatekeeper.challenge(request("/late?x=1")).toCompletableFuture().join();

    assertEquals(302, late.status());
    assertEquals(
        URL + "/gatekeeper/renew?return=%2Flate%3Fx%3D1", late.header("Location").orElseThrow());
    assertInstanceOf(Decision.Proceed.class, gatekeeper.check(request("/late?x=1")));
  }

  @Test
  void sessionOfWhoMayNoLongerSignInIsNotRenewed() {
    clock.advance(Duration.ofMinutes(4));
    GatekeeperConfig others = settings().set("allow.users", List.of("bob")).build();
    try (Gatekeeper stricter = Gatekeeper.builder(others).clock(clock).build()) {
      assertEquals(Optional.empty(), renewed(stricter).header("Set-Cookie"));
    }
    assertTrue(renewed(gatekeeper).header("Set-Cookie").isPresent(), "the control");
  }

  private Response renewed(Gatekeeper by) {
    return by.serve(request("/gatekeeper/renew?return=/")).toCompletableFuture().join();
  }
}
