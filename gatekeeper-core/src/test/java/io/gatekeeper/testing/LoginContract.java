package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How people get in, and that they end where they wanted to go. */
abstract class LoginContract extends ContractBase {
  @Test
  void personSignsInAndGetsThePageThatWasAskedFor() throws Exception {
    Guarded guarded = guard();
    provider.signInAs(
        "alice", Map.of("email", "alice@example.com", "groups", List.of("staff", "admins")));

    Page toTheProvider = browser.open(guarded.base() + "/reports/7?year=2026");
    assertStatus(302, toTheProvider);

    Page fromTheProvider = toTheProvider.follow();
    assertTrue(
        fromTheProvider.location().startsWith(guarded.base() + "/gatekeeper/callback?code="));

    Page callback = fromTheProvider.follow();
    assertStatus(303, callback);
    assertEquals(guarded.base() + "/reports/7?year=2026", callback.location());
    assertNotNull(browser.cookie(SESSION));
    assertTrue(callback.header("Cache-Control").contains("no-store"));
    assertEquals("no-referrer", callback.header("Referrer-Policy"));

    Echo seen = Echo.of(callback.follow());
    assertEquals("GET /reports/7?year=2026 HTTP/1.1", seen.requestLine());
    assertEquals("alice", seen.value("X-Auth-Request-User"));
    assertEquals("alice@example.com", seen.value("X-Auth-Request-Email"));
    assertEquals("staff,admins", seen.value("X-Auth-Request-Groups"));
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void codeIsExchangedWithItsVerifierAndRedirectUri() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    ProviderRequest token = provider.lastTokenRequest();
    assertEquals("authorization_code", token.parameter("grant_type"));
    assertEquals(guarded.base() + "/gatekeeper/callback", token.parameter("redirect_uri"));
    assertTrue(token.parameter("code_verifier").matches("[A-Za-z0-9._~-]{43,128}"));
  }

  static Stream<String> oddTargets() {
    return Stream.of(
        "/a?next=%2Fb%2Fc",
        "/a?q=one+two%20three",
        "/a?x=1;y=2",
        "/caf%C3%A9/%E2%82%AC?q=%C3%BC%f0%9f%90%8b",
        "/a?",
        "/a?k=1&k=2&k=&k",
        "/a?next=https://evil.example/",
        "/a?&&=&a==b&&c=&=d",
        "/100%25?rate=100%25&twice=%2525",
        "/shelf;v=1/book;w=2?x=1",
        "/a?pad=" + "x".repeat(320),
        "/a?pad=" + "y%2Fz".repeat(420),
        "/user:me@home/!$'()*,~-._",
        "/a?b?c??d=?",
        "/directory/",
        "/a?json=%7B%22k%22:%5B1,2%5D%7D&q='quoted'",
        "/a?state=1&code=2&error=3&iss=4&return=/b");
  }

  @ParameterizedTest
  @MethodSource("oddTargets")
  void targetComesBackByteForByte(String target) throws Exception {
    Guarded guarded = guard();

    Page page = browser.openAndFollow(guarded.base() + target);

    if (!guarded.receivesTarget(target)) {
      assertStatus(400, page);
      return;
    }
    assertEquals("GET " + guarded.asShown(target) + " HTTP/1.1", Echo.of(page).requestLine());
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void twentyTabsOpenedAtOnceEachEndOnTheirOwnPage() throws Exception {
    Guarded guarded = guard();
    List<Page> begun =
        Tabs.together(20, tab -> browser.open(guarded.base() + "/tab/" + tab + "?x=" + tab));

    List<Page> ended = Tabs.together(20, tab -> begun.get(tab).followAll());

    for (int tab = 0; tab < 20; tab++) {
      assertEquals(
          "GET /tab/" + tab + "?x=" + tab + " HTTP/1.1", Echo.of(ended.get(tab)).requestLine());
    }
    assertSignedInAs("alice", browser, guarded);
    browser.forget(SESSION);
    signIn(browser, guarded);
    assertTrue(browser.cookieNames(LOGIN).size() <= 1, browser.cookies()::toString);
  }

  @Test
  void twoTabsMayFinishInEitherOrder() throws Exception {
    Guarded guarded = guard();
    for (boolean swapped : new boolean[] {false, true}) {
      TestBrowser person = new TestBrowser();
      Page one = beforeCallback(person, guarded.base() + "/one");
      Page two = beforeCallback(person, guarded.base() + "/two");

      Page first = (swapped ? two : one).followAll();
      Page second = (swapped ? one : two).followAll();

      assertEquals(swapped ? "/two" : "/one", first.target());
      assertEquals(swapped ? "/one" : "/two", second.target());
      assertTrue(Echo.isApplication(first) && Echo.isApplication(second));
    }
  }

  @Test
  void nextLoginReusesTheLoginCookie() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    browser.forget(SESSION);
    signIn(browser, guarded);

    assertEquals(1, browser.cookieNames(LOGIN).size(), browser.cookies()::toString);
  }

  @Test
  void anotherUsersLoginReplacesTheSession() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    provider.signInAs("bob", Map.of());

    browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/");

    assertSignedInAs("bob", browser, guarded);
  }
}
