package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The own endpoints, as far as signing in and out does not cover them. */
abstract class EndpointsContract extends ContractBase {
  @Test
  void sessionTellsAPageWhoIsSignedIn() throws Exception {
    Guarded guarded = guard();
    String url = guarded.base() + "/gatekeeper/session";
    assertStatus(401, browser.fetch(url));
    signIn(browser, guarded);

    Page page = browser.fetch(url);

    assertStatus(200, page);
    assertTrue(page.header("Content-Type").startsWith("application/json"), page::toString);
    assertTrue(page.header("Cache-Control").contains("no-store"), page::toString);
    assertEquals("nosniff", page.header("X-Content-Type-Options"));
    assertNull(page.header("Access-Control-Allow-Origin"));
    JsonNode identity = new ObjectMapper().readTree(page.body());
    assertEquals("alice", identity.get("user").asText());
    assertEquals("alice@example.com", identity.get("email").asText());
    assertFalse(page.body().contains(browser.cookie(SESSION)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/reports/7?year=2026",
        "/caf%C3%A9?a=%2F&b=+",
        "/a?x=1&y=2;z",
        "/a?next=https://evil.example/",
        "/",
        "/a?",
      })
  void loginOnPurposeGoesBackToWhereItWasAsked(String target) throws Exception {
    Guarded guarded = guard();

    Page page = browser.openAndFollow(login(guarded, target));

    assertEquals("GET " + guarded.asShown(target) + " HTTP/1.1", Echo.of(page).requestLine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://evil.example/",
        "http:evil.example",
        "https:/evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "/%5Cevil.example",
        "/%5cevil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/ /evil.example",
        "/a\r\nSet-Cookie: x=1",
        "/a\u010aSet-Cookie: x=1",
        "https://localhost@evil.example",
        "https://localhost.evil.example/",
        "@evil.example",
        ".evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/gatekeeper/logout",
        "/gatekeeper/callback?code=1&state=2",
        "/gatekeeper/login?return=/x",
        "?",
        "#",
        "page",
      })
  void loginNeverLeadsAway(String target) throws Exception {
    Guarded guarded = guard();

    Page page = browser.openAndFollow(login(guarded, target));

    assertEquals(guarded.base() + "/", page.url());
    assertTrue(Echo.isApplication(page), page::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%2f%2fevil.example",
        "/%2Fevil.example",
        "/%252f%252fevil.example",
        "/path/..//evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/a/../..//evil.example",
        "/a//evil.example",
        "/;/evil.example",
      })
  void loginStaysOnTheSite(String target) throws Exception {
    Guarded guarded = guard();
    Page callback = beforeCallback(browser, login(guarded, target)).follow();

    assertStatus(303, callback);
    String location = callback.location();
    assertTrue(location.startsWith(guarded.base() + "/"), callback::toString);
    String path = location.substring(guarded.base().length());
    assertFalse(path.startsWith("//") || path.contains("\\"), callback::toString);
    assertFalse(path.matches("(?s).*[\\x00-\\x20\\x7f].*"), callback::toString);
    assertFalse(path.matches("/(\\.{1,2}/)*/.*"), callback::toString);
  }

  @Test
  void loginIgnoresWhatItIsNotAskedFor() throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .open(
                login(guarded, "/page")
                    + "&scope=admin&redirect_uri=https://evil.example/&client_id=x"
                    + "&state=1&nonce=2&response_type=token&claims=x")
            .followHere();

    Map<String, List<String>> request =
        ProviderRequest.parse(page.location().substring(page.location().indexOf('?') + 1));
    assertEquals(List.of(provider.clientId()), request.get("client_id"));
    assertEquals(List.of("code"), request.get("response_type"));
    assertEquals(List.of(guarded.base() + "/gatekeeper/callback"), request.get("redirect_uri"));
    assertFalse(page.location().contains("evil.example"));
    assertFalse(request.containsKey("claims"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logout",
        "logged-out",
        "error?code=forbidden&return=/page",
        "error?code=%3Cscript%3Ealert(1)%3C/script%3E&return=javascript:alert(1)",
        "error",
        "callback",
      })
  void pagesRunNoScriptsAndStayOutOfFramesAndCaches(String path) throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/gatekeeper/" + path);

    assertTrue(page.status() < 500, page::toString);
    assertFalse(page.redirects(), page::toString);
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
    assertEquals("nosniff", page.header("X-Content-Type-Options"));
    // The form of the sign-out page shows its origin, to this site alone.
    String referrer = path.equals("logout") ? "same-origin" : "no-referrer";
    assertEquals(referrer, page.header("Referrer-Policy"));
    assertTrue(page.header("Cache-Control").contains("no-store"), page::toString);
    String policy = page.header("Content-Security-Policy");
    assertNotNull(policy, page::toString);
    assertTrue(policy.contains("default-src 'none'"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("script-src"), policy);
    assertFalse(page.body().contains("<script"), page::toString);
    assertFalse(page.body().contains("javascript:"), page::toString);
  }

  @Test
  void errorPageLeadsBackOnlyToThisSite() throws Exception {
    Guarded guarded = guard();
    String url = guarded.base() + "/gatekeeper/error?code=forbidden&return=";

    assertFalse(browser.open(url + "//evil.example").body().contains("evil.example"));
    assertFalse(browser.open(url + "https://evil.example/").body().contains("evil.example"));
  }

  @Test
  void endpointsPathsAreExact() throws Exception {
    Guarded guarded = guard();

    for (String path :
        List.of("nothing", "", "session/", "session/x", "Session", "logged-out;x=1", "%73ession")) {
      Page page = browser.fetch(guarded.base() + "/gatekeeper/" + path);
      assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
    }
  }

  private static String login(Guarded guarded, String target) {
    return guarded.base() + "/gatekeeper/login?return=" + encode(target);
  }
}
