package io.gatekeeper.examples.kubeflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {
  private static final Provider.Knowledge KNOWLEDGE =
      new Provider.Knowledge(
          URI.create("http://localhost:1"), "kubeflow", "s3cret", "ada@example.com", "pässword");
  private static final String VERIFIER = "v".repeat(43);

  private static Provider provider;
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeAll
  static void start() {
    provider = Provider.start(KNOWLEDGE);
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String pathQuery) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(provider.address() + pathQuery)));
  }

  private HttpResponse<String> post(String pathQuery, String form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(provider.address() + pathQuery))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Where an answer leads, as seen by who is not behind the gateway. */
  private static String location(HttpResponse<String> response) {
    String location = response.headers().firstValue("Location").orElseThrow();
    return location.startsWith(KNOWLEDGE.issuer())
        ? location.substring(KNOWLEDGE.site().toString().length())
        : location;
  }

  private static String authorization(String scope, String more) {
    return "/dex/auth?response_type=code&client_id=kubeflow&state=s%2F1&nonce=n&scope="
        + scope
        + "&redirect_uri="
        + URLEncoder.encode(KNOWLEDGE.site() + "/gatekeeper/callback", UTF_8)
        + more;
  }

  private static String pkce() {
    return "&code_challenge_method=S256&code_challenge=" + challenge();
  }

  private HttpResponse<String> signIn(String loginPage, String password) throws Exception {
    String html = get(loginPage).body();
    String token = find("name=\"_csrf\" value=\"([^\"]+)\"", html);
    return post(
        loginPage,
        "username=ada%40example.com&password="
            + URLEncoder.encode(password, UTF_8)
            + "&_csrf="
            + token);
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  private String idTokenClaims(String scope) throws Exception {
    String loginPage = location(get(authorization(scope, pkce())));
    String callback = location(get(location(signIn(loginPage, KNOWLEDGE.password()))));
    String basic = Base64.getEncoder().encodeToString("kubeflow:s3cret".getBytes(UTF_8));
    String tokens =
        post(
                "/dex/token",
                "grant_type=authorization_code&code="
                    + find("code=([^&]+)", callback)
                    + "&code_verifier="
                    + VERIFIER
                    + "&redirect_uri="
                    + URLEncoder.encode(KNOWLEDGE.site() + "/gatekeeper/callback", UTF_8),
                "Authorization",
                "Basic " + basic)
            .body();
    String payload = find("\"id_token\":\"[^.]+\\.([^.]+)\\.", tokens);
    return new String(Base64.getUrlDecoder().decode(payload), UTF_8);
  }

  @Test
  void discoveryNamesTheIssuerAsSeenThroughTheGateway() throws Exception {
    String document = get("/dex/.well-known/openid-configuration").body();

    assertTrue(document.contains("\"issuer\":\"http://localhost:1/dex\""), document);
    assertTrue(document.contains("\"http://localhost:1/dex/auth\""), document);
    assertTrue(document.contains("\"end_session_endpoint\":\"http://localhost:1/dex/logout\""));
  }

  @Test
  void aWrongPasswordStaysAtTheLoginPageWithAMessage() throws Exception {
    String loginPage = location(get(authorization("openid", pkce())));

    String again = location(signIn(loginPage, "wrong"));

    assertEquals(loginPage.replace("/dex/login?", "/dex/login?failed&"), again);
    assertTrue(get(again).body().contains("Wrong email address or password."));
    assertTrue(get(again).body().contains("action=\"" + loginPage.replace("&", "&amp;") + "\""));
  }

  @Test
  void theIdTokenSaysWhatTheScopesAskFor() throws Exception {
    String claims = idTokenClaims("openid+profile+email+groups");

    assertTrue(claims.contains("\"email\":\"ada@example.com\""), claims);
    assertTrue(claims.contains("\"email_verified\":true"), claims);
    assertTrue(claims.contains("\"name\":\"Ada\""), claims);
    assertTrue(claims.contains("\"preferred_username\":\"ada\""), claims);
    assertTrue(claims.contains("\"groups\":[\"kubeflow-users\",\"admins\"]"), claims);
    assertTrue(claims.contains("\"sid\":\""), claims);
    assertTrue(claims.contains("\"nonce\":\"n\""), claims);
  }

  @Test
  void theIdTokenSaysNothingThatNoScopeAsksFor() throws Exception {
    String claims = idTokenClaims("openid");

    assertFalse(claims.contains("\"email"), claims);
    assertFalse(claims.contains("groups"), claims);
    assertFalse(claims.contains("preferred_username"), claims);
  }

  @Test
  void anAuthorizationRequestWithoutPkceIsRefused() throws Exception {
    signIn(location(get(authorization("openid", pkce()))), KNOWLEDGE.password());

    String callback = location(get(authorization("openid", "")));

    assertTrue(callback.startsWith(KNOWLEDGE.site() + "/gatekeeper/callback?error="), callback);
  }

  @Test
  void aForeignRedirectUriIsNotFollowed() throws Exception {
    signIn(location(get(authorization("openid", pkce()))), KNOWLEDGE.password());
    String request = authorization("openid", pkce()).replace("gatekeeper", "elsewhere");

    assertEquals(400, get(request).statusCode());
  }

  @Test
  void aSignOutWithoutAHintLeadsToTheRegisteredPageAlone() throws Exception {
    String logout = "/dex/logout?client_id=kubeflow&post_logout_redirect_uri=";
    String landing = KNOWLEDGE.site() + "/gatekeeper/logged-out";

    assertEquals(landing, location(get(logout + URLEncoder.encode(landing, UTF_8))));
    assertEquals(400, get(logout + "http://evil.example").statusCode());
    assertEquals(
        400, get(logout + URLEncoder.encode(landing, UTF_8) + "&id_token_hint=x").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "library, 8081, librarians",
    "chat, 8082, moderators",
    "suggestions, 8083, editors",
  })
  void theOtherExamplesAreClientsWithoutASecret(String id, int port, String group)
      throws Exception {
    String redirectUri = "http://127.0.0.1:" + port + "/gatekeeper/callback";
    String request =
        "/dex/auth?response_type=code&state=s&nonce=n&scope=openid+groups&client_id="
            + id
            + "&redirect_uri="
            + URLEncoder.encode(redirectUri, UTF_8);
    String loginPage = location(get(request + pkce()));

    String callback = location(get(location(signIn(loginPage, KNOWLEDGE.password()))));

    assertTrue(callback.startsWith(redirectUri + "?code="), callback);
    String tokens =
        post(
                "/dex/token",
                "grant_type=authorization_code&code="
                    + find("code=([^&]+)", callback)
                    + "&client_id="
                    + id
                    + "&code_verifier="
                    + VERIFIER
                    + "&redirect_uri="
                    + URLEncoder.encode(redirectUri, UTF_8))
            .body();
    String payload = find("\"id_token\":\"[^.]+\\.([^.]+)\\.", tokens);
    String claims = new String(Base64.getUrlDecoder().decode(payload), UTF_8);
    assertTrue(claims.contains("\"groups\":[\"" + group + "\"]"), claims);
    assertTrue(get(request).headers().firstValue("Location").orElse("").contains("error="));
  }

  @Test
  void theLoginPageEscapesWhatItIsGiven() throws Exception {
    String html = get("/dex/login?x='&y").body();

    assertTrue(html.contains("action=\"/dex/login?x=&#39;&amp;y\""), html);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertEquals(401, get("/dex/other").statusCode());
    assertEquals(401, get("/dex/userinfo").statusCode());
  }

  private static String challenge() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
