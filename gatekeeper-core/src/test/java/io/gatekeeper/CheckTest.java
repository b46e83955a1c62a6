package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check refuses because the gateway behind it could not put it right. */
class CheckTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";

  private final Gatekeeper gatekeeper =
      Gatekeeper.builder(
              GatekeeperConfig.builder()
                  .set("issuer", "http://localhost:1")
                  .set("client-id", "client")
                  .set("external-url", URL)
                  .set("session-secrets", List.of(SECRET))
                  .set("rules", List.of(Map.of("path", "/public/**", "access", "public")))
                  .build())
          .build();
  private final String token =
      new JwtSessionTokens(
              SessionKeys.of(List.of(SECRET)),
              URL,
              "client",
              new SessionTerms(Duration.ofHours(12)),
              Clock.systemUTC())
          .issue(new NewSession("sid", Identity.of("anna"), "login", null, null));

  @AfterEach
  void stop() {
    gatekeeper.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Auth_Request_User",
        "x.auth.request.user",
        "x_auth-request_user",
        "X-AUTH-REQUEST_EMAIL",
        "x~auth~request~groups",
        "X-Auth.Request-Preferred-Username",
      })
  void aliasOfAnIdentityHeaderIsABadRequestOnEveryPath(String alias) {
    for (String target : List.of("/page", "/public/page", "/", "/api?x=1")) {
      for (String value : List.of("root", "")) {
        TestRequest request = request(target).header(alias, value);
        assertAlias(request.program());
        assertAlias(request.navigation());
        assertAlias(request.without("Cookie").program());
      }
    }
  }

  private void assertAlias(TestRequest request) {
    Decision.Respond refused =
        assertInstanceOf(Decision.Respond.class, gatekeeper.check(request), request::toString);
    assertEquals(Rejection.IDENTITY_HEADER_ALIAS, refused.rejection().orElseThrow());
    assertEquals(400, refused.response().status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Auth-Request-User",
        "x-auth-request-user",
        "X-AUTH-REQUEST-EMAIL",
        "X-Auth-Request",
        "X-Auth-Request-User-2",
        "XX_Auth_Request_User",
      })
  void nameThatTheGatewayOverwritesOrThatIsNoneOfOursIsNoAlias(String name) {
    for (String target : List.of("/page", "/public/page")) {
      Decision.Proceed proceed =
          assertInstanceOf(
              Decision.Proceed.class, gatekeeper.check(request(target).header(name, "root")));
      assertEquals("anna", proceed.identityHeaders().get("X-Auth-Request-User"));
      assertTrue(proceed.identityHeaders().containsKey("X-Auth-Request-Email"));
    }
  }

  /** Where there is no gateway the adapter takes every spelling away itself. */
  @Test
  void embeddedGatekeeperNeedNotRefuseAnAlias() {
    assertInstanceOf(
        Decision.Proceed.class,
        gatekeeper
            .handle(request("/page").header("X_Auth_Request_User", "root"))
            .toCompletableFuture()
            .join());
  }

  private TestRequest request(String target) {
    return TestRequest.get(target).host("localhost:9999").cookie("gatekeeper", token);
  }
}
