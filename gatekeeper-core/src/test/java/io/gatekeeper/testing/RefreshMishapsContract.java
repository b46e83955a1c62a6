package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes that meet a sign-out, a browser of its own mind, or a provider in trouble. */
abstract class RefreshMishapsContract extends RefreshBase {
  private static final String PART = SESSION + "-part2";

  private void due(Map<String, Object> more) throws Exception {
    signedIn(more);
    minutes(15);
  }

  private Page logout(LogoutToken token) {
    return new TestBrowser()
        .request("POST", guarded.base() + "/gatekeeper/backchannel-logout")
        .form(Map.of("logout_token", token.with("exp", 32_503_680_000L).text()))
        .send();
  }

  @Test
  void signOutIsNotUndoneByARefreshUnderWay() throws Exception {
    due(Map.of());
    TestBrowser copy = browser.copy();

    Page answer = during(() -> browser.post(guarded.base() + "/gatekeeper/logout", Map.of()));

    assertEquals(List.of(), answer.headers("Set-Cookie"), answer::toString);
    assertSignedOut(browser, guarded);
    assertSignedOut(copy, guarded);
    await(() -> provider.requests(Endpoint.REVOCATION).size() == 2);
    String unseen = provider.requests(Endpoint.REVOCATION).get(1).parameter("token");
    assertFalse(provider.refreshes().contains(unseen), "the one that nobody has");
    await(() -> !provider.knowsRefreshToken(unseen));
  }

  @Test
  void logoutByTheProviderIsNotUndoneByARefreshUnderWay() throws Exception {
    due(Map.of());
    String token = provider.logoutToken().with("sub", "alice").with("exp", 32_503_680_000L).text();

    Page answer =
        during(
            () ->
                assertStatus(
                    200,
                    new TestBrowser()
                        .request("POST", guarded.base() + "/gatekeeper/backchannel-logout")
                        .form(Map.of("logout_token", token))
                        .send()));

    assertEquals(List.of(), answer.headers("Set-Cookie"), answer::toString);
    assertSignedOut(browser, guarded);
  }

  @Test
  void signInOfAnotherIsNotUndoneByARefreshThatFailsAfterIt() throws Exception {
    due(Map.of());
    provider.signInAs("bob", Map.of());
    String callback =
        beforeCallback(browser, guarded.base() + "/gatekeeper/login?return=/").location();
    // Shares its exchange with the callback below, which so has no need of the slow provider.
    browser.copy().forget(SESSION).open(callback);
    provider.withClaim("sub", "mallory");

    Page answer = during(() -> browser.open(callback));

    assertEquals(List.of(), answer.headers("Set-Cookie"), answer::toString);
    assertSignedInAs("bob", browser, guarded);
    assertNotNull(browser.cookie(REFRESH));
  }

  @Test
  void sessionThatEndedWhileTheProviderWasAskedDoesNotComeBackInAnothersPlace() throws Exception {
    due(Map.of("session.idle-timeout", "20m"));
    provider.signInAs("bob", Map.of());
    String callback =
        beforeCallback(browser, guarded.base() + "/gatekeeper/login?return=/").location();
    browser.copy().forget(SESSION).open(callback);

    Page answer =
        during(
            () -> {
              minutes(5);
              browser.open(callback);
              assertSignedInAs("bob", browser, guarded);
            });

    assertEquals(List.of(), answer.headers("Set-Cookie"), answer::toString);
    assertSignedInAs("bob", browser, guarded);
  }

  @Test
  void browserThatKeepsTheCookiesOfAnEndedSessionDoesNotLoop() throws Exception {
    due(Map.of());
    provider.forgetRefreshTokens();
    String kept =
        SESSION + "=" + browser.cookie(SESSION) + "; " + REFRESH + "=" + browser.cookie(REFRESH);

    String next = guarded.base() + "/page";
    int steps = 0;
    Page page;
    do {
      assertTrue(++steps < 8, "a redirect loop");
      page = new TestBrowser().request("GET", next).navigating().cookies(kept).send();
      next = page.location();
    } while (page.redirects());

    assertEquals(1, provider.refreshes().size());
  }

  static Stream<Arguments> userinfoInTrouble() {
    return Stream.of(
        userinfo("busy", 429, "text/plain", "Too many requests"),
        userinfo("under maintenance", 200, "text/html", "<html>Back soon</html>"),
        userinfo("not found", 404, "text/html", ""),
        userinfo("token not taken", 401, "application/json", "{\"error\":\"invalid_token\"}"),
        userinfo("no object", 200, "application/json", "[]"),
        userinfo("of nobody", 200, "application/json", "{\"error\":\"busy\"}"),
        userinfo("no JSON", 200, "application/json", "{\"sub\":"),
        userinfo("nothing", 200, "application/json", ""),
        argumentSet(
            "access token of no type",
            (Consumer<FakeProvider>) p -> p.withTokenMember("token_type", "N_A")));
  }

  private static Arguments userinfo(String name, int status, String type, String body) {
    return argumentSet(
        name, (Consumer<FakeProvider>) p -> p.answer(Endpoint.USERINFO, status, type, body));
  }

  @ParameterizedTest
  @MethodSource("userinfoInTrouble")
  void userinfoThatIsNoAnswerEndsNothing(Consumer<FakeProvider> trouble) throws Exception {
    due(Map.of("userinfo", true));
    trouble.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("staff", Echo.of(page).value("X-Auth-Request-Groups"));
    provider.behave();
    groups("admins");
    minutes(1);
    page = browser.openAndFollow(guarded.base() + "/admin/page");
    assertEquals("admins", Echo.of(page).value("X-Auth-Request-Groups"), "with the new token");
    assertEquals(2, provider.refreshes().stream().distinct().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "null",
        "{}",
        "{\"error\":7}",
        "{\"error\":[\"invalid_grant\"]}",
        "{\"error\":\"\"}",
        "{\"error\":\"invalid_grant\\r\\nSet-Cookie: x=y\"}",
        "{\"error\":\"temporarily_unavailable\"}"
      })
  void refusalThatIsNoneEndsNothing(String body) throws Exception {
    due(Map.of());
    provider.answer(Endpoint.TOKEN, 400, "application/json", body);

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertEquals(1, provider.refreshes().size());
    assertNotNull(browser.cookie(REFRESH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh_token", "id_token", "access_token"})
  void answerWithAnEmptyTokenIsNeverAFaultOfOurs(String member) throws Exception {
    due(Map.of());
    provider.withTokenMember(member, "");

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTrue(page.status() < 500, page::toString);
  }

  @Test
  void sessionGrowsIntoTwoCookiesAndShrinksAgain() throws Exception {
    due(Map.of());
    groups(
        IntStream.range(0, 150)
            .mapToObj("data-science-team-%03d"::formatted)
            .toArray(String[]::new));
    browser.openAndFollow(guarded.base() + "/page");
    assertNotNull(browser.cookie(PART), "the control: two cookies");
    groups("staff");
    minutes(15);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("staff", Echo.of(page).value("X-Auth-Request-Groups"));
    assertNull(browser.cookie(PART));
  }

  @Test
  void refreshKeepsWhatTheSettingsKeepAndNoMore() throws Exception {
    due(Map.of("groups-allow", List.of("staff", "admins"), "session.claims", List.of("groups")));
    groups("staff", "admins", "others");

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("staff,admins", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals("", Echo.of(page).value("X-Auth-Request-Email"));
  }

  @Test
  void whoMaySignInNoMoreIsOutWithAllCopies() throws Exception {
    due(Map.of("allow", Map.of("groups", List.of("staff"))));
    TestBrowser copy = browser.copy();
    groups("others");

    Page page = browser.open(guarded.base() + "/page").follow();

    assertEquals(guarded.base() + "/page", page.location(), page::toString);
    assertNull(browser.cookie(SESSION));
    assertNull(browser.cookie(REFRESH));
    assertSignedOut(copy, guarded);
  }

  @Test
  void sessionThatNoLongerFitsEndsAndTheSignInSaysWhy() throws Exception {
    due(Map.of());
    TestBrowser copy = browser.copy();
    groups(
        IntStream.range(0, 400)
            .mapToObj("data-science-team-%03d"::formatted)
            .toArray(String[]::new));

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertStatus(403, page);
    assertTrue(page.body().contains("more data than a session can hold"), page::toString);
    assertSignedOut(copy, guarded);
  }

  @Test
  void newRefreshTokenTooLargeForACookieIsLetGoOf() throws Exception {
    due(Map.of("userinfo", true));
    provider.withTokenMember("refresh_token", "x".repeat(5_000));
    provider.answer(Endpoint.USERINFO, 503, "text/plain", "busy");

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertSignedInAs("alice", browser, guarded);
    assertEquals(List.of(), browser.refusedCookies());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void latecomerNeverUsesTheOldRefreshTokenAgain(boolean failing) throws Exception {
    due(Map.of("userinfo", true));
    TestBrowser late = browser.copy();
    if (failing) {
      provider.answer(Endpoint.USERINFO, 503, "text/plain", "busy");
    }
    browser.openAndFollow(guarded.base() + "/page");
    minutes(15);

    assertTrue(Echo.isApplication(late.openAndFollow(guarded.base() + "/page")));

    List<String> used = provider.refreshes();
    assertEquals(used.size(), used.stream().distinct().count(), "each once");
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size(), "nobody signed in again");
  }

  @Test
  void groupThatWasLostStaysLostThoughNoNewIdTokenComes() throws Exception {
    due(Map.of());
    groups("others");
    browser.openAndFollow(guarded.base() + "/page");
    provider.withoutTokenMember("id_token");
    minutes(15);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertEquals("others", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals(2, provider.refreshes().size());
  }

  /** Whoever gives two users one refresh token, by mistake or not, makes neither the other. */
  @Test
  void refreshTokenOfTwoUsersMakesNeitherTheOther() throws Exception {
    provider.keepRefreshTokens();
    due(Map.of());
    browser.openAndFollow(guarded.base() + "/page");
    String alices = provider.refreshes().get(0);
    TestBrowser bobs = new TestBrowser();
    provider.signInAs("bob", Map.of());
    provider.withTokenMember("refresh_token", alices);
    signIn(bobs, guarded);
    provider.behave();
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");
    assertSignedInAs("alice", browser, guarded);

    bobs.open(guarded.base() + "/page").follow();

    assertSignedOut(bobs, guarded);
    assertSignedInAs("alice", browser, guarded);
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 600})
  void authTimeThatTheLoginDidNotTellIsNotLaterThanTheLogin(long later) throws Exception {
    provider.withoutClaim("auth_time");
    due(Map.of());
    provider.withClaim("auth_time", provider.now() - 15 * 60 + later);
    groups("admins");

    browser.open(guarded.base() + "/page").follow();

    assertEquals(later < 0, browser.cookie(SESSION) != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "1&lost=2"})
  void strangerCannotMakeTheFirstLookTheSecond(String lost) throws Exception {
    due(Map.of());
    provider.forgetRefreshTokens();

    Page page =
        browser.openFrom(
            "https://evil.example", guarded.base() + "/gatekeeper/renew?return=/&lost=" + lost);

    assertEquals(List.of(), page.headers("Set-Cookie"), page::toString);
    assertNotNull(browser.cookie(SESSION));
    page.follow();
    assertNull(browser.cookie(SESSION), "the control: the second look");
  }

  @Test
  void providerInTroubleRefusesNobodyWhateverItSays() throws Exception {
    due(Map.of());
    provider.answer(Endpoint.TOKEN, 503, "application/json", "{\"error\":\"invalid_grant\"}");

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertNotNull(browser.cookie(REFRESH));
  }

  @Test
  void logoutByTheProvidersSessionReachesARefreshedSession() throws Exception {
    provider.withClaim("sid", "there-1");
    due(Map.of());
    provider.withoutClaim("sid");
    browser.openAndFollow(guarded.base() + "/page");
    assertEquals(1, provider.refreshes().size());

    assertStatus(200, logout(provider.logoutToken().with("sid", "there-1")));

    assertSignedOut(browser, guarded);
  }

  @Test
  void nothingButAGetAsksTheProvider() throws Exception {
    due(Map.of());
    String session = guarded.base() + "/gatekeeper/session";
    String renew = guarded.base() + "/gatekeeper/renew?return=/";

    assertStatus(200, browser.request("HEAD", session).scripted().send());
    for (String url : List.of(session, renew)) {
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
        Page page = browser.request(method, url).scripted().send();
        assertStatus(405, page);
        assertEquals(List.of(), page.headers("Set-Cookie"), page::toString);
      }
    }

    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void sessionThatNobodyUsesEndsThoughTheProviderIsOff() throws Exception {
    due(Map.of("session.idle-timeout", "20m"));
    provider.down();
    browser.openAndFollow(guarded.base() + "/page");
    assertSignedInAs("alice", browser, guarded);
    minutes(20);

    assertSignedOut(browser, guarded);
    provider.up();
  }
}
