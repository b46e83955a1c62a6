package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider is asked, with a refresh token, whether a user is still who they were. */
abstract class RefreshContract extends ContractBase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFRESH = "gatekeeper-refresh";

  private Guarded guarded;

  private void signedIn() throws Exception {
    signedIn(Map.of());
  }

  private void signedIn(Map<String, Object> more) throws Exception {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("scopes", "openid profile email groups offline_access");
    groups("staff");
    guarded = guard(settings);
    signIn(browser, guarded);
  }

  private void groups(String... groups) {
    provider.signInAs("alice", Map.of("email", "alice@example.com", "groups", List.of(groups)));
  }

  private void minutes(int minutes) {
    later(guarded, Duration.ofMinutes(minutes));
  }

  @Test
  void refreshTokenIsSealedForOwnEndpointsAlone() throws Exception {
    signedIn();
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");

    BrowserCookie cookie =
        browser.cookies().stream().filter(each -> each.name().equals(REFRESH)).findFirst().get();
    assertEquals("/gatekeeper", cookie.path());
    assertFalse(payload(browser).contains("refresh"), "in the session's token");
    for (Page page : browser.pages()) {
      assertFalse(page.everything().contains("refresh-"), page::toString);
      assertFalse(page.url().contains("refresh-"), page::toString);
    }
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void changedGroupArrivesAtTheNextRenewal() throws Exception {
    signedIn();
    String before = payload(browser);
    groups("staff", "admins");
    minutes(14);
    assertStatus(403, browser.openAndFollow(guarded.base() + "/admin/page"));
    minutes(1);

    Page page = browser.openAndFollow(guarded.base() + "/admin/page");

    assertEquals("staff,admins", Echo.of(page).value("X-Auth-Request-Groups"));
    for (String same : List.of("sid", "started", "end", "exp", "login", "auth_time")) {
      assertEquals(
          JSON.readTree(before).get(same), JSON.readTree(payload(browser)).get(same), same);
    }
  }

  @Test
  void lostGroupIsLostAtTheNextRenewal() throws Exception {
    signedIn();
    groups("admins");
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");
    groups("staff");
    minutes(15);

    assertStatus(403, browser.openAndFollow(guarded.base() + "/admin/page"));
  }

  @Test
  void refreshTokensAreUsedInTurnAndOnceEach() throws Exception {
    signedIn();
    for (int period = 0; period < 4; period++) {
      minutes(15);
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
      assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")), "not due again");
    }

    assertEquals(4, provider.refreshes().size());
    assertEquals(4, new HashSet<>(provider.refreshes()).size());
  }

  @Test
  void refreshTokenThatStaysTheSameIsUsedEachTime() throws Exception {
    provider.keepRefreshTokens();
    signedIn();
    for (int period = 0; period < 3; period++) {
      minutes(15);
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    }

    assertEquals(3, provider.refreshes().size());
    assertEquals(1, new HashSet<>(provider.refreshes()).size());
  }

  @Test
  void idleSessionIsRenewedOftenAndTheProviderAskedSeldom() throws Exception {
    signedIn(Map.of("session.idle-timeout", "30m"));
    for (int round = 0; round < 10; round++) {
      minutes(3);
      assertTrue(browser.open(guarded.base() + "/page").redirects(), "due");
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    }

    assertEquals(2, provider.refreshes().size());
  }

  @Test
  void withoutARefreshTokenTheProviderIsNotAsked() throws Exception {
    guarded = guard();
    signIn(browser, guarded);
    minutes(60);

    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")));
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void latecomerWithTheOldTokensGetsTheSameAnswer() throws Exception {
    signedIn();
    minutes(15);
    TestBrowser late = browser.copy();
    browser.openAndFollow(guarded.base() + "/page");

    assertTrue(Echo.isApplication(late.openAndFollow(guarded.base() + "/page")));

    assertEquals(1, provider.refreshes().size());
    assertEquals(browser.cookie(SESSION), late.cookie(SESSION));
  }

  @Test
  void twoHundredRequestsAtOnceAreOneRefresh() throws Exception {
    signedIn();
    minutes(15);
    provider.delayTokenResponse(Duration.ofMillis(300));
    List<Callable<Page>> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String url = guarded.base() + (i % 4 == 0 ? "/gatekeeper/session" : "/page?tab=" + i % 3);
      requests.add(i % 4 == 0 ? () -> browser.fetch(url) : () -> browser.openAndFollow(url));
    }
    ExecutorService tabs = Executors.newFixedThreadPool(200);
    try {
      for (Future<Page> page : tabs.invokeAll(requests)) {
        assertStatus(200, page.get());
      }
    } finally {
      tabs.shutdownNow();
    }

    assertEquals(1, provider.refreshes().size());
    assertEquals(1, browser.cookieNames(SESSION).stream().filter(SESSION::equals).count());
    assertSignedInAs("alice", browser, guarded);
    minutes(15);
    provider.behave();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")), "the next");
    assertEquals(2, provider.refreshes().size());
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size(), "nobody signed in again");
  }

  @Test
  void providerThatIsOffForTenMinutesSignsNobodyOut() throws Exception {
    signedIn();
    minutes(15);
    provider.down();
    for (int minute = 0; minute < 10; minute++) {
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
      assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")), "no call each time");
      assertSignedInAs("alice", browser, guarded);
      assertStatus(200, browser.fetch(guarded.base() + "/gatekeeper/session"));
      minutes(1);
    }
    provider.up();
    groups("admins");

    Page page = browser.openAndFollow(guarded.base() + "/admin/page");

    assertEquals("admins", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void faultDoesNotMakeAShortPeriodLonger() throws Exception {
    signedIn(Map.of("session.revalidate", "20s"));
    later(guarded, Duration.ofSeconds(20));
    provider.down();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    provider.up();
    groups("admins");
    later(guarded, Duration.ofSeconds(20));

    assertStatus(200, browser.openAndFollow(guarded.base() + "/admin/page"));
  }

  @Test
  void providerThatIsOffDoesNotProlongASessionBeyondItsEnd() throws Exception {
    signedIn(Map.of("session.lifetime", "20m"));
    minutes(15);
    provider.down();
    browser.openAndFollow(guarded.base() + "/page");
    minutes(4);
    browser.openAndFollow(guarded.base() + "/page");
    assertSignedInAs("alice", browser, guarded);
    minutes(1);

    assertSignedOut(browser, guarded);
    provider.up();
  }

  @Test
  void newRefreshTokenIsKeptThoughTheAnswerCouldNotBeUsed() throws Exception {
    signedIn(Map.of("userinfo", true));
    minutes(15);
    provider.answer(Endpoint.USERINFO, 503, "text/plain", "busy");
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    provider.behave();
    minutes(1);

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertEquals(2, new HashSet<>(provider.refreshes()).size());
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size(), "nobody signed in again");
  }

  @Test
  void sessionThatTheProviderEndedEndsHereAtTheSecondLook() throws Exception {
    signedIn();
    minutes(15);
    provider.forgetRefreshTokens();

    Page renew = browser.open(guarded.base() + "/page").follow();
    assertTrue(renew.location().contains("/gatekeeper/renew?return="), renew::toString);
    assertEquals(0, renew.headers("Set-Cookie").size(), renew::toString);
    Page cleared = renew.follow();

    assertEquals(guarded.base() + "/page", cleared.location(), cleared::toString);
    assertNull(browser.cookie(SESSION));
    assertNull(browser.cookie(REFRESH));
    assertEquals(1, provider.refreshes().size(), "asked once");
    assertTrue(
        cleared.follow().followHere().location().startsWith(provider.url(Endpoint.AUTHORIZATION)));
  }

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

  @Test
  void refreshTokenOfOneSessionNeverServesAnother() throws Exception {
    signedIn();
    TestBrowser other = new TestBrowser();
    provider.signInAs("bob", Map.of());
    signIn(other, guarded);
    String bobs = other.cookie(SESSION);
    minutes(15);
    other.plant(
        guarded.base() + "/gatekeeper/session",
        REFRESH + "=" + browser.cookie(REFRESH) + "; Path=/gatekeeper");

    Page page = other.openAndFollow(guarded.base() + "/page");

    assertEquals("bob", Echo.of(page).value("X-Auth-Request-User"));
    assertNotEquals(bobs, other.cookie(SESSION));
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void signInOfAnotherInASecondTabIsNotUndoneByARefreshUnderWay() throws Exception {
    signedIn();
    minutes(15);
    provider.signInAs("bob", Map.of());
    String callback =
        beforeCallback(browser, guarded.base() + "/gatekeeper/login?return=/").location();
    // The same callback shares its exchange, so that the one below has no need of the slow
    // provider.
    browser.copy().forget(SESSION).open(callback);
    provider.delayTokenResponse(Duration.ofSeconds(3));
    Page due = browser.open(guarded.base() + "/page");
    ExecutorService tab = Executors.newSingleThreadExecutor();
    try {
      Future<Page> alices = tab.submit(due::follow);
      await(() -> provider.refreshes().size() == 1);
      browser.open(callback);
      assertSignedInAs("bob", browser, guarded);

      Page answer = alices.get();
      assertTrue(
          answer.headers("Set-Cookie").stream()
              .noneMatch(cookie -> cookie.startsWith(SESSION + "=")),
          answer::toString);
    } finally {
      tab.shutdownNow();
    }
    assertSignedInAs("bob", browser, guarded);
    provider.behave();
    minutes(15);
    Page page = browser.openAndFollow(guarded.base() + "/page");
    assertEquals("bob", Echo.of(page).value("X-Auth-Request-User"));
  }

  @Test
  void revokedSessionIsNotRefreshed() throws Exception {
    signedIn();
    TestBrowser copy = browser.copy();
    minutes(15);
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    Page page = copy.open(guarded.base() + "/gatekeeper/renew?return=/page");

    assertEquals(0, page.headers("Set-Cookie").size(), page::toString);
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void signOutRevokesTheRefreshTokenAtTheProvider() throws Exception {
    signedIn();
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
    String revoked = provider.requests(Endpoint.REVOCATION).get(0).parameter("token");
    assertNotEquals(provider.refreshes().get(0), revoked, "the latest");
    await(() -> !provider.knowsRefreshToken(revoked));
    assertNull(browser.cookie(REFRESH));
  }

  @Test
  void signOutAfterTheIdleEndRevokesTheRefreshTokenToo() throws Exception {
    signedIn(Map.of("session.idle-timeout", "10m"));
    minutes(11);
    assertSignedOut(browser.copy(), guarded);

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
    assertNull(browser.cookie(REFRESH));
  }

  @Test
  void signOutIsNotKeptWaitingByTheRevocation() throws Exception {
    signedIn();
    provider.answer(Endpoint.REVOCATION, 503, "text/plain", "busy");

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertStatus(303, page);
    assertSignedOut(browser, guarded);
    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
  }

  @Test
  void signOutWithoutARevocationEndpointRevokesNothing() throws Exception {
    provider.withoutMetadata("revocation_endpoint");
    signedIn();

    assertStatus(303, browser.post(guarded.base() + "/gatekeeper/logout", Map.of()));

    assertSignedOut(browser, guarded);
    assertEquals(List.of(), provider.requests(Endpoint.REVOCATION));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "in time");
      Thread.onSpinWait();
    }
  }

  private static String payload(TestBrowser who) throws IOException {
    JsonNode claims =
        JSON.readTree(Base64.getUrlDecoder().decode(who.cookie(SESSION).split("\\.", -1)[1]));
    return claims.toString();
  }
}
