package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those get who come without a session. */
abstract class ChallengeContract extends ContractBase {
  @Test
  void navigationIsSentToTheProviderWithACompleteRequest() throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/page?x=1");

    assertStatus(302, page);
    assertTrue(page.location().startsWith(provider.url(Endpoint.AUTHORIZATION) + "?"));
    Map<String, List<String>> request = parameters(page);
    assertEquals(List.of("code"), request.get("response_type"));
    assertEquals(List.of(provider.clientId()), request.get("client_id"));
    assertEquals(List.of(guarded.base() + "/gatekeeper/callback"), request.get("redirect_uri"));
    assertTrue(List.of(request.get("scope").get(0).split(" ", -1)).contains("openid"));
    assertEquals(List.of("S256"), request.get("code_challenge_method"));
    assertTrue(request.get("code_challenge").get(0).matches("[A-Za-z0-9_-]{43}"));
    assertTrue(request.get("nonce").get(0).length() >= 22, "128 bits");
    assertTrue(request.get("state").get(0).length() >= 22, "128 bits");
    assertTrue(request.values().stream().allMatch(values -> values.size() == 1), page::toString);
    assertFalse(request.containsKey("code_verifier"));
    assertFalse(request.containsKey("client_secret"));
    if (guarded.passesEveryHeader()) {
      assertTrue(page.header("Cache-Control").contains("no-store"), page::toString);
    }
  }

  @Test
  void twoLoginsShareNothing() throws Exception {
    Guarded guarded = guard();

    Map<String, List<String>> one = parameters(browser.open(guarded.base() + "/"));
    Map<String, List<String>> two = parameters(browser.open(guarded.base() + "/"));

    for (String name : List.of("state", "nonce", "code_challenge")) {
      assertNotEquals(one.get(name), two.get(name), name);
    }
  }

  @Test
  void manyLoginsBegunInOneBrowserKeepOneCookie() throws Exception {
    Guarded guarded = guard();

    for (int i = 0; i < 30; i++) {
      browser.open(guarded.base() + "/page/" + i);
    }

    assertEquals(1, browser.cookieNames(LOGIN).size(), browser.cookies()::toString);
  }

  static Stream<Arguments> programs() {
    return Stream.of(
        program("fetch", request -> request.scripted()),
        program("XMLHttpRequest", request -> request.header("X-Requested-With", "XMLHttpRequest")),
        program("JSON", request -> request.header("Accept", "application/json")),
        program("image", request -> request.scripted().header("Sec-Fetch-Mode", "no-cors")));
  }

  private static Arguments program(String name, UnaryOperator<TestBrowser.Request> kind) {
    return argumentSet(name, kind);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programIsToldThatItNeedsASession(UnaryOperator<TestBrowser.Request> kind) throws Exception {
    Guarded guarded = guard();

    Page page = kind.apply(browser.request("GET", guarded.base() + "/data")).send();

    assertUnauthorized(page, guarded);
  }

  @Test
  void webSocketIsToldThatItNeedsASession() throws Exception {
    Guarded guarded = guard();
    Assumptions.assumeTrue(guarded.passesUpgrade());

    Page page =
        browser
            .request("GET", guarded.base() + "/data")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
            .send();

    assertUnauthorized(page, guarded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void methodThatARedirectWouldLoseIsAProgram(String method) throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .request(method, guarded.base() + "/form")
            .navigating()
            .header("Content-Type", "text/plain")
            .body("a=b")
            .send();

    assertUnauthorized(page, guarded);
  }

  @Test
  void pathsOfAnApiAreForProgramsWhoeverAsks() throws Exception {
    Guarded guarded = guard();

    assertUnauthorized(browser.open(guarded.base() + "/api/v1/things"), guarded);
  }

  private void assertUnauthorized(Page page, Guarded guarded) {
    assertStatus(401, page);
    assertTrue(page.header("WWW-Authenticate").startsWith("Bearer"), page::toString);
    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertNull(page.location());
    assertTrue(page.body().contains("/gatekeeper/login"), page::toString);
    if (guarded.passesEveryHeader()) {
      assertTrue(page.header("Content-Type").startsWith("application/problem+json"));
      assertTrue(page.header("Cache-Control").contains("no-store"), page::toString);
    }
  }

  @Test
  void headIsANavigationLikeGet() throws Exception {
    Guarded guarded = guard();

    Page page = browser.request("HEAD", guarded.base() + "/page").navigating().send();

    assertStatus(302, page);
  }

  @Test
  void prefetchStartsNoLogin() throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .request("GET", guarded.base() + "/page")
            .navigating()
            .header("Sec-Purpose", "prefetch")
            .send();

    assertFalse(Echo.isApplication(page), page::toString);
    assertFalse(page.redirects() && page.location().startsWith(provider.issuer()), page::toString);
    assertEquals(List.of(), browser.cookies());
  }

  @Test
  void frameGetsALinkThatOpensAtTheTop() throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .request("GET", guarded.base() + "/widget?x=1")
            .navigating()
            .header("Sec-Fetch-Dest", "iframe")
            .send()
            .followHere();

    assertFalse(page.redirects(), page::toString);
    assertFalse(Echo.isApplication(page), page::toString);
    assertTrue(page.body().replace("\"", "").contains("target=_top"), page::toString);
  }

  @Test
  void foreignHostIsSentHomeBeforeALoginBegins() throws Exception {
    Guarded guarded = guard();
    String url = guarded.base() + "/page?x=1";

    Page person = browser.request("GET", url).navigating().header("Host", "evil.example").send();
    Page program = browser.request("GET", url).scripted().header("Host", "evil.example").send();

    assertStatus(302, person);
    assertEquals(url, person.location());
    assertStatus(400, program);
  }

  @Test
  void forwardedHeadersOfAClientChangeNoAddress() throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .request("GET", guarded.base() + "/page")
            .navigating()
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Prefix", "/public")
            .header("X-Forwarded-Uri", "/public/x")
            .header("X-Original-URI", "/public/x")
            .header("Forwarded", "host=evil.example;proto=https")
            .send();

    assertStatus(302, page);
    assertEquals(
        List.of(guarded.base() + "/gatekeeper/callback"), parameters(page).get("redirect_uri"));
  }

  @Test
  void preflightIsNeverRedirected() throws Exception {
    Guarded guarded = guard();

    assertStatus(401, preflight(guarded));
  }

  @Test
  void preflightPassesWithoutAnIdentityWhereTheSettingsSaySo() throws Exception {
    Guarded guarded = guard(Map.of("preflight", "allow"));
    signIn(browser, guarded);

    Page page = preflight(guarded);

    Echo seen = Echo.of(page);
    IDENTITY_HEADERS.forEach(name -> assertEquals("", seen.value(name), name));
    assertEquals(401, new TestBrowser().request("OPTIONS", guarded.base() + "/").send().status());
  }

  private Page preflight(Guarded guarded) {
    return browser
        .request("OPTIONS", guarded.base() + "/data")
        .header("Origin", "https://spa.example")
        .header("Access-Control-Request-Method", "PUT")
        .send();
  }

  private static Map<String, List<String>> parameters(Page page) {
    return ProviderRequest.parse(page.location().substring(page.location().indexOf('?') + 1));
  }
}
