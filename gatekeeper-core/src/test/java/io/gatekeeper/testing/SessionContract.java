package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The session cookie: what it is, and that nothing else is one. */
abstract class SessionContract extends ContractBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void cookieIsForThisHostAndNoScript() throws Exception {
    Guarded guarded = guard();
    Page callback = beforeCallback(browser, guarded.base() + "/").follow();

    List<String> set =
        callback.headers("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith(SESSION + "="))
            .toList();
    assertEquals(1, set.size(), callback::toString);
    Set<String> attributes =
        Stream.of(set.get(0).split(";", -1))
            .skip(1)
            .map(attribute -> attribute.strip())
            .collect(Collectors.toSet());

    assertTrue(attributes.containsAll(Set.of("HttpOnly", "SameSite=Lax", "Path=/")));
    assertFalse(attributes.contains("Secure"), "the external URL is http");
    assertTrue(attributes.stream().noneMatch(attribute -> attribute.startsWith("Domain")));
  }

  @Test
  void tokenSaysWhoseItIsAndForHowLong() throws Exception {
    Guarded guarded = guard();
    provider.signInAs(
        "alice", Map.of("name", "Alice", "email", "alice@example.com", "groups", List.of("staff")));
    signIn(browser, guarded);

    String[] parts = browser.cookie(SESSION).split("\\.", -1);
    assertEquals(3, parts.length);
    JsonNode header = decode(parts[0]);
    assertEquals("HS256", header.get("alg").asText());
    assertEquals("gatekeeper-session+jwt", header.get("typ").asText());
    assertTrue(header.hasNonNull("kid"));

    JsonNode claims = decode(parts[1]);
    assertEquals(guarded.base(), claims.get("iss").asText());
    assertEquals(provider.clientId(), first(claims.get("aud")));
    assertEquals("alice", claims.get("sub").asText());
    assertEquals(provider.issuer(), claims.get("idp").asText());
    assertEquals("Alice", claims.get("name").asText());
    assertEquals("alice@example.com", claims.get("email").asText());
    assertEquals("staff", claims.get("groups").get(0).asText());
    for (String name : List.of("sid", "iat", "exp", "started", "end", "login")) {
      assertTrue(claims.hasNonNull(name), name);
    }
    assertEquals(12 * 3600, claims.get("end").asLong() - claims.get("started").asLong());
    assertEquals(claims.get("end"), claims.get("exp"));
  }

  @Test
  void changedTokenIsNoneAtEveryCharacter() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String token = browser.cookie(SESSION);

    for (int i = 0; i < token.length(); i++) {
      assertNone(guarded, CallbackContract.flip(token, i), "at " + i);
    }
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void tokenOfAnotherFormIsNone() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String token = browser.cookie(SESSION);
    String[] parts = token.split("\\.", -1);

    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("empty", "");
    wrong.put("no token", "abc");
    wrong.put("dots", "..");
    wrong.put("many dots", ".".repeat(2000));
    wrong.put("without its signature", parts[0] + "." + parts[1] + ".");
    wrong.put("without its last part", parts[0] + "." + parts[1]);
    wrong.put("with a part more", token + "." + parts[2]);
    wrong.put("padded", token + "=");
    wrong.put("huge", "x".repeat(7000));
    for (String algorithm : List.of("none", "None", "nOnE")) {
      String header = encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"gatekeeper-session+jwt\"}");
      wrong.put(algorithm + " unsigned", header + "." + parts[1] + ".");
      wrong.put(algorithm + " with the signature", header + "." + parts[1] + "." + parts[2]);
    }
    for (String type : List.of("JWT", "at+jwt", "logout+jwt")) {
      JsonNode header = decode(parts[0]);
      ((ObjectNode) header).put("typ", type);
      wrong.put("typ " + type, encoded(header.toString()) + "." + parts[1] + "." + parts[2]);
    }
    wrong.put("the provider's ID token", provider.lastIdToken());
    wrong.put("state", provider.lastAuthorizationRequest().parameter("state"));
    wrong.put("the login cookie", browser.cookie(browser.cookieNames(LOGIN).get(0)));

    wrong.forEach((name, value) -> assertNone(guarded, value, name));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void sessionOfAnotherSiteIsNoneEvenWithTheSameSecret() throws Exception {
    Guarded other = guard();
    Guarded guarded = guard();
    signIn(browser, other);

    assertNone(guarded, browser.cookie(SESSION), "another site");
  }

  @Test
  void sessionUnderAnotherSecretIsNone() throws Exception {
    Guarded guarded = guard();
    TestBrowser person = new TestBrowser();
    signIn(person, guarded);
    Guarded other =
        guard(
            Map.of(
                "external-url",
                guarded.base(),
                "session-secrets",
                List.of("quite another secret, fedcba9876543210")));

    Page page =
        browser
            .request("GET", other.base() + "/me")
            .scripted()
            .header("Host", guarded.base().substring("http://".length()))
            .cookies(SESSION + "=" + person.cookie(SESSION))
            .send();

    assertStatus(401, page);
  }

  @Test
  void sessionEnds() throws Exception {
    Guarded guarded = guard(Map.of("session.lifetime", "PT2S", "clock-skew", "PT0S"));
    TestBrowser person = new TestBrowser();
    signIn(person, guarded);
    String token = person.cookie(SESSION);

    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    int status = 200;
    while (status == 200 && System.nanoTime() < deadline) {
      status = withCookies(guarded, SESSION + "=" + token).status();
    }

    assertEquals(401, status);
  }

  @Test
  void sessionBehindManyCookiesOfItsNameIsNotOutvoted() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    signIn(browser, guarded);
    provider.signInAs("mallory", Map.of());
    signIn(other, guarded);
    String junk = (SESSION + "=x; ").repeat(7);

    String tossed =
        SESSION
            + "="
            + other.cookie(SESSION)
            + "; "
            + junk
            + SESSION
            + "="
            + browser.cookie(SESSION);

    assertStatus(401, withCookies(guarded, tossed));
  }

  @Test
  void twoDifferentSessionsEndOnAPageAndNotInACircle() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    provider.signInAs("mallory", Map.of());
    signIn(other, guarded);
    provider.signInAs("alice", Map.of());
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    signIn(browser, guarded);
    String both =
        SESSION + "=" + browser.cookie(SESSION) + "; " + SESSION + "=" + other.cookie(SESSION);

    Page page = browser.request("GET", callback).navigating().cookies(both).send();

    assertStatus(401, page);
    assertTrue(
        page.headers("Set-Cookie").stream()
            .anyMatch(cookie -> cookie.startsWith(SESSION + "=;") && cookie.contains("Max-Age=0")),
        page::toString);
  }

  @Test
  void twoDifferentSessionsUnderOneNameCountAsNone() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    signIn(browser, guarded);
    provider.signInAs("bob", Map.of());
    signIn(other, guarded);
    String one = SESSION + "=" + browser.cookie(SESSION);
    String two = SESSION + "=" + other.cookie(SESSION);

    assertNotEquals(one, two);
    assertStatus(401, withCookies(guarded, one + "; " + two));
    assertStatus(401, withCookies(guarded, two + "; " + one));
    assertStatus(200, withCookies(guarded, one + "; " + one));
  }

  @Test
  void ofSeveralCookiesTheValidOneCounts() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String right = SESSION + "=" + browser.cookie(SESSION);

    assertStatus(200, withCookies(guarded, "gatekeeper=abc; " + right));
    assertStatus(200, withCookies(guarded, right + "; gatekeeper=abc"));
    assertStatus(200, withCookies(guarded, "other=1; broken; =; ;;" + right + ";\"x"));
  }

  @Test
  void sessionIsAffirmedWithoutTheProvider() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    provider.down();

    assertSignedInAs("alice", browser, guarded);
    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")));
    provider.up();
  }

  private void assertNone(Guarded guarded, String value, String name) {
    Page page = withCookies(guarded, SESSION + "=" + value);
    assertTrue(page.status() >= 400 && page.status() < 500, () -> name + ": " + page);
  }

  private Page withCookies(Guarded guarded, String cookies) {
    return browser.request("GET", guarded.base() + "/me").scripted().cookies(cookies).send();
  }

  private static JsonNode decode(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String first(JsonNode node) {
    return node.isArray() ? node.get(0).asText() : node.asText();
  }
}
