package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How people get out, and that nobody else does it for them. */
abstract class SignOutContract extends ContractBase {
  private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value)=\"([^\"]*)\"");

  @Test
  void visitToTheSignOutPageChangesNothing() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page = browser.open(guarded.base() + "/gatekeeper/logout");

    assertStatus(200, page);
    assertTrue(page.body().toLowerCase(Locale.ROOT).replace("\"", "").contains("method=post"));
    assertFalse(Echo.isApplication(page));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void formOfTheOwnSiteSignsOutHereAndAtTheProvider() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String idToken = provider.lastIdToken();

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertStatus(303, page);
    assertTrue(page.location().startsWith(provider.url(Endpoint.END_SESSION)), page::toString);
    assertCleared(page);
    assertNull(browser.cookie(SESSION));

    Page goodbye = page.followAll();
    ProviderRequest asked = provider.lastEndSessionRequest();
    assertEquals(provider.clientId(), asked.parameter("client_id"));
    assertEquals(idToken, asked.parameter("id_token_hint"));
    assertTrue(asked.parameter("post_logout_redirect_uri").startsWith(guarded.base() + "/"));
    assertStatus(200, goodbye);
    assertEquals("/gatekeeper/logged-out", goodbye.target().split("\\?", -1)[0]);
    assertSignedOut(browser, guarded);
    assertStatus(302, browser.open(guarded.base() + "/page"));
  }

  private static void assertCleared(Page page) {
    List<String> set =
        page.headers("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith(SESSION + "="))
            .toList();
    assertEquals(1, set.size(), page::toString);
    for (String attribute : List.of("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=0")) {
      assertTrue(set.get(0).contains("; " + attribute), set.get(0));
    }
  }

  @Test
  void formOfTheSignOutPageWorksInABrowserThatSendsNoOrigin() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String url = guarded.base() + "/gatekeeper/logout";
    Map<String, String> form = inputs(browser.open(url).body());

    Page page = browser.request("POST", url).header("Accept", "text/html").form(form).send();

    assertStatus(303, page);
    assertSignedOut(browser, guarded);
  }

  static Map<String, String> inputs(String html) {
    Map<String, String> form = new HashMap<>();
    Matcher input = INPUT.matcher(html);
    while (input.find()) {
      Map<String, String> attributes = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(input.group());
      while (attribute.find()) {
        attributes.put(attribute.group(1), attribute.group(2));
      }
      if (attributes.containsKey("name")) {
        form.put(attributes.get("name"), attributes.getOrDefault("value", ""));
      }
    }
    return form;
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost", "http://127.0.0.1"})
  void formOfAnotherSiteSignsNobodyOut(String origin) throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser
            .request("POST", guarded.base() + "/gatekeeper/logout")
            .header("Accept", "text/html")
            .header("Origin", origin)
            .header("Sec-Fetch-Site", "cross-site")
            .form(Map.of())
            .send();

    assertStatus(403, page);
    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void formOfAnotherSiteSignsNobodyOutThoughTheBrowserKeepsTheSessionBack() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser.post(guarded.base() + "/gatekeeper/logout", Map.of(), "https://evil.example");

    assertStatus(403, page);
    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void formWithoutAnyEvidenceSignsNobodyOut() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String url = guarded.base() + "/gatekeeper/logout";

    assertStatus(403, browser.request("POST", url).form(Map.of("token", "abc")).send());
    assertStatus(403, browser.request("POST", url).header("Sec-Fetch-Site", "same-site").send());

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void programLearnsWhereToGoNext() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser
            .request("POST", guarded.base() + "/gatekeeper/logout")
            .scripted()
            .header("Origin", guarded.base())
            .header("Accept", "application/json")
            .send();

    assertStatus(200, page);
    assertTrue(page.header("Content-Type").startsWith("application/json"), page::toString);
    JsonNode answer = new ObjectMapper().readTree(page.body());
    assertTrue(answer.get("afterLogoutURL").asText().startsWith(provider.issuer()));
    assertSignedOut(browser, guarded);
  }

  @Test
  void providerWithoutAnEndSessionEndpointIsLeftAlone() throws Exception {
    provider.withoutMetadata("end_session_endpoint");
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertStatus(303, page);
    assertTrue(page.location().startsWith(guarded.base() + "/"), page::toString);
    assertStatus(200, page.followAll());
    assertSignedOut(browser, guarded);
  }

  @Test
  void signingOutWithoutASessionIsNoMistake() throws Exception {
    Guarded guarded = guard();
    String url = guarded.base() + "/gatekeeper/logout";

    assertStatus(303, browser.post(url, Map.of()));
    assertStatus(303, browser.plant(url, SESSION + "=abc; Path=/").post(url, Map.of()));
  }

  @Test
  void signingOutWorksWhileTheProviderIsAway() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    provider.down();

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertSignedOut(browser, guarded);
    provider.up();
  }

  @Test
  void farewellIsForEverybody() throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/gatekeeper/logged-out");

    assertStatus(200, page);
    assertFalse(Echo.isApplication(page));
    assertEquals(List.of(), browser.cookies());
    assertNotNull(page.body());
  }
}
