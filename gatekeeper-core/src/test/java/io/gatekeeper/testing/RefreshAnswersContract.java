package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider answers to a refresh token, and what becomes of the session then. */
abstract class RefreshAnswersContract extends RefreshBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of Dex, Keycloak (twice), and what OpenID Connect Core calls so. */
  @ParameterizedTest
  @ValueSource(strings = {"invalid_request", "not_allowed", "invalid_scope", "login_required"})
  void refreshTokenIsRefusedInManyWords(String error) throws Exception {
    signedIn();
    minutes(15);
    provider.refuseTokens(error);

    Page cleared = browser.open(guarded.base() + "/page").follow().follow();

    assertEquals(guarded.base() + "/page", cleared.location(), cleared::toString);
    assertSignedOut(browser, guarded);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(400, "{\"error\":\"temporarily_unavailable\"}"),
        fault(400, "{\"error\":\"server_error\"}"),
        fault(400, "{\"error\":\"slow_down\"}"),
        fault(400, "{\"error\":\"unsupported_grant_type\"}"),
        fault(400, "{}"),
        fault(403, "<html>a firewall"),
        fault(403, "{\"error\":\"rate_limited\"}"),
        fault(429, "{\"error\":\"too_many_requests\"}"));
  }

  private static Arguments fault(int status, String body) {
    return argumentSet(status + " " + body, status, body);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultOfTheProviderEndsNoSession(int status, String body) throws Exception {
    signedIn();
    minutes(15);
    provider.answer(Endpoint.TOKEN, status, "application/json", body);

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertSignedInAs("alice", browser, guarded);
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void browserThatKnowsBetterKeepsItsSession() throws Exception {
    signedIn();
    TestBrowser elsewhere = new TestBrowser();
    minutes(15);
    signIn(elsewhere, guarded);
    provider.forgetRefreshTokens();
    Page renew = browser.open(guarded.base() + "/page").follow();
    assertTrue(renew.location().contains("/gatekeeper/renew?return="), renew::toString);
    browser.plant(guarded.base() + "/", SESSION + "=" + elsewhere.cookie(SESSION) + "; Path=/");

    Page page = renew.follow();

    assertEquals(guarded.base() + "/page", page.location(), page::toString);
    assertEquals(0, page.headers("Set-Cookie").size(), page::toString);
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void scriptLearnsThatTheProviderEndedTheSession() throws Exception {
    signedIn();
    minutes(15);
    provider.forgetRefreshTokens();

    Page page = browser.fetch(guarded.base() + "/gatekeeper/session");
    assertTrue(page.redirects(), page::toString);
    assertEquals(0, page.headers("Set-Cookie").size(), page::toString);

    assertStatus(401, page.follow());
    assertNull(browser.cookie(SESSION));
  }

  @Test
  void scriptRenewsWithTheProvider() throws Exception {
    signedIn();
    groups("admins");
    minutes(15);

    Page page = browser.fetch(guarded.base() + "/gatekeeper/session");

    assertEquals("[\"admins\"]", JSON.readTree(page.body()).get("groups").toString());
    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/admin/page")));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        refresh(
            "oidcc-client-test-refresh-token-invalid-issuer", true, "iss", "https://evil.example"),
        refresh("oidcc-client-test-refresh-token-invalid-sub", true, "sub", "mallory"),
        refresh("sub missing", true, "sub", null),
        refresh("aud of another", true, "aud", "another-client"),
        refresh("aud of one more", true, "aud", List.of("gatekeeper", "friend")),
        refresh("azp of another", true, "azp", "another-client"),
        refresh("azp that the login's had not", true, "azp", "gatekeeper"),
        refresh("auth_time of now", true, "auth_time", 32_503_680_000L),
        refresh("nonce of another login", true, "nonce", "another-nonce-0123456789"),
        refresh("iat missing", false, "iat", null),
        refresh("iat to come", false, "iat", 32_503_680_000L),
        refresh("exp past", false, "exp", 1_000_000_000L),
        argumentSet(
            "signature of another",
            false,
            (Consumer<FakeProvider>) p -> p.signWith(Signing.FOREIGN_KEY)),
        argumentSet("unsigned", false, (Consumer<FakeProvider>) p -> p.signWith(Signing.NONE)),
        argumentSet(
            "no token response",
            false,
            (Consumer<FakeProvider>) p -> p.answer(Endpoint.TOKEN, 200, "text/html", "<html>")),
        argumentSet(
            "client refused",
            false,
            (Consumer<FakeProvider>) p -> p.refuseTokens("invalid_client")),
        argumentSet(
            "server error",
            false,
            (Consumer<FakeProvider>) p -> p.answer(Endpoint.TOKEN, 500, "text/plain", "")));
  }

  private static Arguments refresh(String name, boolean ends, String claim, Object value) {
    return argumentSet(name, ends, (Consumer<FakeProvider>) p -> p.withClaim(claim, value));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void wrongRefreshBringsNothingAndEndsTheSessionWhereItSpeaksOfAnother(
      boolean ends, Consumer<FakeProvider> misbehaviour) throws Exception {
    signedIn(Map.of("trusted-audiences", List.of("friend")));
    TestBrowser copy = browser.copy();
    minutes(15);
    groups("admins");
    misbehaviour.accept(provider);

    Page page = browser.open(guarded.base() + "/page").follow();

    assertEquals(guarded.base() + "/page", page.location(), page::toString);
    assertEquals(1, provider.refreshes().size());
    if (ends) {
      assertNull(browser.cookie(SESSION));
      assertNull(browser.cookie(REFRESH));
      assertSignedOut(copy, guarded);
    } else {
      Page me = browser.fetch(guarded.base() + "/me");
      assertEquals("staff", Echo.of(me).value("X-Auth-Request-Groups"), "what it was");
    }
    provider.behave();
    minutes(1);
    Page right = browser.openAndFollow(guarded.base() + "/admin/page");
    assertEquals("admins", Echo.of(right).value("X-Auth-Request-Groups"), "the right one");
  }

  static Stream<Arguments> sound() {
    return Stream.of(
        argumentSet("as it comes", (Consumer<FakeProvider>) p -> {}),
        argumentSet("auth_time missing", (Consumer<FakeProvider>) p -> p.withoutClaim("auth_time")),
        argumentSet(
            "nonce of the login",
            (Consumer<FakeProvider>)
                p -> p.withClaim("nonce", p.lastAuthorizationRequest().parameter("nonce"))),
        argumentSet("at_hash missing", (Consumer<FakeProvider>) p -> p.withoutClaim("at_hash")),
        argumentSet("keys rotated", (Consumer<FakeProvider>) FakeProvider::rotateKeys));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundRefreshBringsTheClaims(Consumer<FakeProvider> speciality) throws Exception {
    signedIn();
    minutes(15);
    groups("admins");
    speciality.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/admin/page");

    assertEquals("admins", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void refreshWithoutAnIdTokenLeavesTheIdentity() throws Exception {
    signedIn();
    minutes(15);
    groups("admins");
    provider.withoutTokenMember("id_token");

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("staff", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals(1, provider.refreshes().size());
  }

  /** oidcc-client-test-refresh-token: the new access token serves to ask for userinfo. */
  @Test
  void userinfoIsAskedWithTheNewAccessToken() throws Exception {
    signedIn(Map.of("userinfo", true));
    minutes(15);
    provider.withUserinfo("groups", List.of("from-userinfo"));

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("from-userinfo", Echo.of(page).value("X-Auth-Request-Groups"));
    List<ProviderRequest> asked = provider.requests(Endpoint.USERINFO);
    assertEquals(2, asked.size());
    assertNotEquals(asked.get(0).header("Authorization"), asked.get(1).header("Authorization"));
  }

  @Test
  void userinfoOfAnotherEndsTheSession() throws Exception {
    signedIn(Map.of("userinfo", true));
    minutes(15);
    provider.withUserinfo("sub", "mallory");

    browser.open(guarded.base() + "/page").follow();

    assertNull(browser.cookie(SESSION));
  }
}
