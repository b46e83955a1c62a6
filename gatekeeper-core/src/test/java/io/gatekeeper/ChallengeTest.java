package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.FakeProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application or a gateway asks for on purpose: a sign-in, and the end of a session. */
class ChallengeTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";

  private final FakeProvider provider = FakeProvider.start();
  private final Gatekeeper gatekeeper =
      Gatekeeper.of(
          GatekeeperConfig.builder()
              .set("issuer", provider.issuer())
              .set("client-id", "client")
              .set("external-url", URL)
              .set("session-secrets", List.of(SECRET))
              .set(
                  "rules",
                  List.of(
                      Map.of("path", "/public/**", "access", "public"),
                      Map.of("path", "/api/**", "challenge", "unauthorized"),
                      Map.of("path", "/admin/**", "groups", List.of("admins"))))
              .build());

  @AfterEach
  void stop() {
    gatekeeper.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page?a=1&b=2", "/public/page"})
  void navigationIsSentToTheProviderEvenFromAPublicPage(String target) throws Exception {
    Response answer = challenge(TestRequest.get(target).navigation());

    assertEquals(302, answer.status());
    assertTrue(
        answer.header("Location").orElseThrow().startsWith(provider.url(Endpoint.AUTHORIZATION)),
        answer::toString);
    assertTrue(answer.header("Set-Cookie").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void whatIsNoNavigationIsToldSoWhateverItsMethod(String method) throws Exception {
    Response answer = challenge(TestRequest.of(method, "/page"));

    assertEquals(401, answer.status());
    assertEquals("Bearer", answer.header("WWW-Authenticate").orElseThrow());
    assertFalse(answer.header("Set-Cookie").isPresent());
  }

  @Test
  void ruleThatIsForProgramsTellsEvenANavigation() throws Exception {
    assertEquals(401, challenge(TestRequest.get("/api/x").navigation()).status());
  }

  @Test
  void requestThatASignInDoesNotHelpIsToldWhy() throws Exception {
    TestRequest forbidden = TestRequest.get("/admin/x").navigation();
    assertEquals(403, challenge(signedIn(forbidden)).status());
    assertEquals(302, challenge(forbidden).status());
    assertEquals(400, challenge(TestRequest.get("/public/../admin").navigation()).status());
    assertEquals(
        400, challenge(forbidden.header("X_Auth_Request_User", "root")).status(), "an alias");
    Response elsewhere =
        gatekeeper
            .challenge(TestRequest.get("/page").navigation().host("other.example"))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertEquals(URL + "/page", elsewhere.header("Location").orElseThrow());
  }

  /** Else a gateway whose check doesn't see the cookie would send the browser round and round. */
  @Test
  void whoIsSignedInAndAllowedIsNotSentToSignInAgain() throws Exception {
    Response answer = challenge(signedIn(TestRequest.get("/page").navigation()));

    assertEquals(500, answer.status());
    assertTrue(answer.text().contains("challenge-contradicted"), answer::text);
    assertEquals(0, provider.requests(Endpoint.AUTHORIZATION).size());
  }

  @Test
  void challengeWaitsForTheProviderWithoutHoldingTheCaller() throws Exception {
    provider.delay(Endpoint.DISCOVERY, Duration.ofMillis(500));

    CompletableFuture<Response> answer =
        gatekeeper
            .challenge(TestRequest.get("/page").navigation().host("localhost:9999"))
            .toCompletableFuture();

    assertFalse(answer.isDone(), "it came before the provider's metadata could");
    assertEquals(302, answer.get(10, TimeUnit.SECONDS).status());
  }

  @Test
  void sessionEndsWhereTheApplicationSaysSo() {
    List<Response.Header> headers =
        gatekeeper.signOut(signedIn(TestRequest.get("/page")).host("localhost:9999"));

    assertTrue(headers.stream().allMatch(header -> header.name().equals("Set-Cookie")));
    assertTrue(
        headers.stream()
            .map(Response.Header::value)
            .anyMatch(value -> value.startsWith("gatekeeper=;") && value.contains("Max-Age=0")));
  }

  @Test
  void decisionNamesTheSessionAndWhatItReplaces() {
    Decision.Proceed proceed =
        assertInstanceOf(
            Decision.Proceed.class,
            gatekeeper
                .handle(signedIn(TestRequest.get("/page")).host("localhost:9999"))
                .toCompletableFuture()
                .join());

    assertEquals("sid", proceed.session());
    for (String name : List.of("cookie", "x_auth_request_user", "X.Auth-Request_EMAIL")) {
      assertTrue(proceed.replaces(name), name);
    }
    for (String name : List.of("Cookies", "X-Auth-Request", "Accept", "XAuth-Request-User")) {
      assertFalse(proceed.replaces(name), name);
    }
  }

  @Test
  void ownEndpointIsKnownByItsExactPathUnderAHostOfOurs() {
    assertTrue(gatekeeper.owns(TestRequest.post("/gatekeeper/logout?x").host("localhost:9999")));
    assertFalse(gatekeeper.owns(TestRequest.post("/gatekeeper/logout").host("other.example")));
    assertFalse(gatekeeper.owns(TestRequest.post("/gatekeeper/logout/").host("localhost:9999")));
  }

  private Response challenge(TestRequest request) throws Exception {
    return gatekeeper
        .challenge(request.host("localhost:9999"))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static TestRequest signedIn(TestRequest request) {
    String token =
        new JwtSessionTokens(
                SessionKeys.of(List.of(SECRET)),
                URL,
                "client",
                new SessionTerms(Duration.ofHours(12)),
                Clock.systemUTC())
            .issue(new NewSession("sid", Identity.of("anna"), "login", null, null));
    return request.cookie("gatekeeper", token);
  }
}
