package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization responses that come twice, late, changed, or in somebody else's browser. */
abstract class CallbackContract extends ContractBase {
  @Test
  void backButtonGoesToThePageWithoutAnotherExchange() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page?x").location();
    browser.open(callback).followAll();

    Page again = browser.openAndFollow(callback);

    assertEquals("GET /page?x HTTP/1.1", Echo.of(again).requestLine());
    assertEquals(1, provider.tokenRequests());
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size());
  }

  @Test
  void sameCallbackTwiceAtTheSameMomentIsOneExchange() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    provider.delayTokenResponse(Duration.ofMillis(400));

    List<Page> both = Tabs.together(2, tab -> browser.open(callback));

    assertEquals(1, provider.tokenRequests());
    for (Page page : both) {
      assertStatus(303, page);
      assertTrue(
          page.headers("Set-Cookie").stream().anyMatch(c -> c.startsWith(SESSION + "=")),
          page::toString);
      assertTrue(Echo.isApplication(page.followAll()));
    }
  }

  @Test
  void sameCallbackOfABrowserThatLostTheAnswerIsOneExchange() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    TestBrowser same = browser.copy();
    browser.open(callback);

    Page page = same.openAndFollow(callback);

    assertTrue(Echo.isApplication(page), page::toString);
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void foreignCallbackNeverReachesTheTokenEndpoint() throws Exception {
    Guarded guarded = guard();
    String attackers = attackersCallback(guarded);

    Page page = new TestBrowser().open(attackers);

    assertEquals(0, provider.tokenRequests());
    assertNoSessionCookie(page);
  }

  @Test
  void foreignCallbackNeverReachesTheTokenEndpointFromABrowserWithALoginOfItsOwn()
      throws Exception {
    Guarded guarded = guard();
    String attackers = attackersCallback(guarded);
    Page own = beforeCallback(browser, guarded.base() + "/own");

    Page page = browser.open(attackers);

    assertEquals(0, provider.tokenRequests());
    assertNoSessionCookie(page);
    Page finished = own.followAll();
    assertEquals("GET /own HTTP/1.1", Echo.of(finished).requestLine());
    assertSignedInAs("victim", browser, guarded);
  }

  @Test
  void foreignCallbackChangesNothingForWhoIsSignedIn() throws Exception {
    Guarded guarded = guard();
    String attackers = attackersCallback(guarded);
    signIn(browser, guarded);
    int before = provider.tokenRequests();

    Page page = browser.open(attackers);

    assertEquals(before, provider.tokenRequests());
    assertNoSessionCookie(page);
    assertSignedInAs("victim", browser, guarded);
  }

  @Test
  void foreignCallbackEndsInAFreshLoginOfTheBrowsersOwnUser() throws Exception {
    Guarded guarded = guard();
    String attackers = attackersCallback(guarded);

    Page page = browser.openAndFollow(attackers);

    assertTrue(Echo.isApplication(page), page::toString);
    assertSignedInAs("victim", browser, guarded);
  }

  @Test
  void loginCookieOfTheSameNameAndAnotherSecretIsAnotherBrowser() throws Exception {
    Guarded guarded = guard();
    TestBrowser attacker = new TestBrowser();
    String callback = beforeCallback(attacker, guarded.base() + "/trap").location();
    String name = attacker.cookieNames(LOGIN).get(0);
    browser.plant(guarded.base(), name + "=" + flip(attacker.cookie(name), 5) + "; Path=/");

    Page page = browser.open(callback);

    assertEquals(0, provider.tokenRequests());
    assertNoSessionCookie(page);
  }

  private String attackersCallback(Guarded guarded) {
    provider.signInAs("mallory", Map.of());
    String callback = beforeCallback(new TestBrowser(), guarded.base() + "/trap").location();
    provider.signInAs("victim", Map.of());
    return callback;
  }

  private static void assertNoSessionCookie(Page page) {
    assertTrue(
        page.headers("Set-Cookie").stream().noneMatch(c -> c.matches(SESSION + "=[^;]+.*")),
        page::toString);
  }

  @Test
  void browserWithoutOurCookiesGetsAPageInsteadOfALoop() throws Exception {
    Guarded guarded = guard();
    TestBrowser refusing = new TestBrowser();
    Page page = refusing.open(guarded.base() + "/page").followHere();

    int steps = 0;
    while (page.redirects()) {
      assertTrue(++steps < 40, "a redirect loop");
      refusing.forgetAll();
      page = page.follow();
    }

    assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
    assertEquals(0, provider.tokenRequests());
  }

  @Test
  void changedStateIsRefusedAtEveryCharacter() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    String state = parameter(callback, "state");

    for (int i = 0; i < state.length(); i += 3) {
      Page page = browser.open(callback.replace(state, flip(state, i)));
      assertStatus(400, page);
    }

    assertEquals(0, provider.tokenRequests());
    assertTrue(Echo.isApplication(browser.openAndFollow(callback)));
  }

  static Stream<Arguments> impossibleCallbacks() {
    return Stream.of(
        changed("without state", url -> without(url, "state")),
        changed("empty state", url -> without(url, "state") + "&state="),
        changed("unknown state", url -> without(url, "state") + "&state=AAAAAAAAAAAAAAAAAAAAAAAA"),
        changed(
            "truncated state",
            url -> {
              String state = parameter(url, "state");
              return url.replace(state, state.substring(0, state.length() - 7));
            }),
        changed("state twice", url -> url + "&state=" + parameter(url, "state")),
        changed("code twice", url -> url + "&code=another"),
        changed("neither code nor error", url -> without(url, "code")),
        changed("empty code", url -> without(url, "code") + "&code="),
        changed("blank code", url -> without(url, "code") + "&code=%20"),
        changed("code with a line break", url -> without(url, "code") + "&code=a%0ab"),
        changed("code of another alphabet", url -> without(url, "code") + "&code=%E2%82%AC"),
        changed("nothing at all", url -> url.substring(0, url.indexOf('?'))));
  }

  @ParameterizedTest
  @MethodSource("impossibleCallbacks")
  void impossibleCallbackIsABadRequest(UnaryOperator<String> change) throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    Page page = browser.open(change.apply(callback));

    assertStatus(400, page);
    assertEquals(0, provider.tokenRequests());
    assertTrue(Echo.isApplication(browser.openAndFollow(callback)), "the right one works");
  }

  static Stream<Arguments> refusedAnswers() {
    return Stream.of(
        answer("another issuer", p -> p.withAuthorizationParameter("iss", "https://evil.example")),
        answer("issuer with a slash", p -> p.withAuthorizationParameter("iss", p.issuer() + "/")),
        answer("issuer missing", p -> p.withoutAuthorizationParameter("iss")),
        answer("code and error", p -> p.withAuthorizationParameter("error", "access_denied")),
        answer("invalid_scope", p -> p.denyLogins("invalid_scope", "No groups")),
        answer("unknown error", p -> p.denyLogins("\u0000<b>", "")));
  }

  private static Arguments answer(String name, Consumer<FakeProvider> misbehaviour) {
    return argumentSet(name, misbehaviour);
  }

  @ParameterizedTest
  @MethodSource("refusedAnswers")
  void refusedAnswerNeverReachesTheTokenEndpoint(Consumer<FakeProvider> misbehaviour)
      throws Exception {
    Guarded guarded = guard();
    misbehaviour.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertRefused(page, browser, guarded);
    assertEquals(0, provider.tokenRequests());
    provider.behave();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
  }

  @Test
  void refusalOfTheProviderIsAPageThatShowsNoneOfItsMarkup() throws Exception {
    Guarded guarded = guard();
    provider.denyLogins("access_denied", "<script>alert(1)</script>" + "x".repeat(10_000));

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertStatus(403, page);
    assertFalse(page.body().contains("<script"), page::toString);
    assertTrue(page.body().length() < 10_000, "the text is cut");
    assertNull(browser.cookie(SESSION));
  }

  @Test
  void callbackByPostIsNotTaken() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    Page page = browser.post(callback, Map.of("a", "b"), provider.issuer());
    Page headless = browser.request("DELETE", callback).send();

    assertStatus(405, page);
    assertStatus(405, headless);
    assertEquals(0, provider.tokenRequests());
  }

  @Test
  void staleCallbackIsAFreshLoginThatSucceeds() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page?x").location();
    Assumptions.assumeTrue(guarded.advance(Duration.ofMinutes(10).plusSeconds(1)));

    Page page = browser.open(callback);

    assertEquals(0, provider.tokenRequests());
    assertTrue(page.redirects(), page::toString);
    assertFalse(browser.cookieNames(LOGIN).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "invalid_request"})
  void refusedCodeIsAFreshLoginAndThenAPage(String error) throws Exception {
    Guarded guarded = guard();
    provider.refuseTokens(error);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertRefused(page, browser, guarded);
    assertTrue(provider.tokenRequests() <= 5, "rounds: " + provider.tokenRequests());
    provider.behave();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
  }

  @Test
  void callbackAskedForItsHeadersAloneRedeemsNothing() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    assertStatus(405, browser.request("HEAD", callback).navigating().send());

    assertEquals(0, provider.tokenRequests());
    assertTrue(Echo.isApplication(browser.openAndFollow(callback)), "the browser's own");
  }

  @Test
  void callbackUnderAForeignHostIsNotOurs() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    Page page = browser.request("GET", callback).navigating().header("Host", "evil.example").send();

    assertTrue(page.redirects(), page::toString);
    assertTrue(page.location().startsWith(guarded.base() + "/"), page::toString);
    assertEquals(0, provider.tokenRequests());
  }

  @Test
  void errorOfAnotherIssuerIsNotShownAsTheProviders() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    String state = parameter(callback, "state");

    Page page =
        browser.open(
            guarded.base()
                + "/gatekeeper/callback?error=access_denied&iss=https://evil.example&state="
                + state);

    assertStatus(400, page);
    assertTrue(page.body().contains("callback-issuer"), page::toString);
  }

  @Test
  void callbacksPathIsExact() throws Exception {
    Guarded guarded = guard();
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    browser.open(callback.replace("/callback?", "/callback/?"));
    browser.open(callback.replace("/callback?", "/callback/x?"));
    browser.open(callback.replace("/gatekeeper/callback?", "/x?r=/gatekeeper/callback&"));

    assertEquals(0, provider.tokenRequests());
    assertNull(browser.cookie(SESSION));
    assertNotNull(browser.openAndFollow(callback));
  }

  private static Arguments changed(String name, UnaryOperator<String> change) {
    return argumentSet(name, change);
  }

  private static String parameter(String url, String name) {
    return ProviderRequest.parse(url.substring(url.indexOf('?') + 1)).get(name).get(0);
  }

  private static String without(String url, String name) {
    return url.replaceFirst("([?&])" + name + "=[^&]*&?", "$1").replaceFirst("[?&]$", "");
  }

  /** Another character of the base64url alphabet, whose highest bit differs. */
  static String flip(String text, int at) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int index = alphabet.indexOf(text.charAt(at));
    char other = index < 0 ? 'A' : alphabet.charAt(index ^ 32);
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
