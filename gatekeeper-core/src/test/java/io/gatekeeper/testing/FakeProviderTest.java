package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider that misbehaves by mistake would make other tests pass for the wrong reason. */
class FakeProviderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REDIRECT_URI = "http://localhost:1/gatekeeper/callback";
  // RFC 7636, appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final FakeProvider provider = FakeProvider.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void signsTheUserInWithATokenThatThePublishedKeyVerifies() throws Exception {
    provider.signInAs("bob", Map.of("groups", List.of("admins")));

    JsonNode tokens = JSON.readTree(exchange(code(), VERIFIER).body());

    SignedJWT idToken = SignedJWT.parse(tokens.get("id_token").asText());
    assertTrue(idToken.verify(verifier()));
    assertEquals("bob", idToken.getJWTClaimsSet().getSubject());
    assertEquals("the-nonce", idToken.getJWTClaimsSet().getStringClaim("nonce"));
    assertEquals(List.of("admins"), idToken.getJWTClaimsSet().getStringListClaim("groups"));
    assertEquals(1, provider.tokenRequests());
    assertEquals("the-state", provider.lastAuthorizationRequest().parameter("state"));
  }

  @Test
  void takesACodeOnce() throws Exception {
    String code = code();

    assertEquals(200, exchange(code, VERIFIER).statusCode());
    assertEquals(400, exchange(code, VERIFIER).statusCode());
  }

  @Test
  void refusesAVerifierThatDoesNotFit() throws Exception {
    HttpResponse<String> answer = exchange(code(), VERIFIER.replace('d', 'e'));

    assertEquals(400, answer.statusCode());
    assertEquals("invalid_grant", JSON.readTree(answer.body()).get("error").asText());
  }

  @Test
  void refusesAClientWithAnotherSecret() throws Exception {
    String code = code();
    provider.registerClient("gatekeeper", "another", "client_secret_basic");

    assertEquals(401, exchange(code, VERIFIER, "gatekeeper:something").statusCode());
  }

  @Test
  void tellsWhoTheUserIs() throws Exception {
    JsonNode tokens = JSON.readTree(exchange(code(), VERIFIER).body());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(provider.url(Endpoint.USERINFO)))
            .header("Authorization", "Bearer " + tokens.get("access_token").asText())
            .build();

    assertEquals("alice", JSON.readTree(send(request).body()).get("sub").asText());
    assertEquals(401, get(Endpoint.USERINFO, "").statusCode());
  }

  @Test
  void misbehavesUntilToldToBehave() throws Exception {
    provider.withClaim("iss", "https://evil.example").signWith(Signing.FOREIGN_KEY);
    SignedJWT wrong = idToken();
    provider.behave();
    SignedJWT right = idToken();

    assertFalse(wrong.verify(verifier()));
    assertEquals("https://evil.example", wrong.getJWTClaimsSet().getIssuer());
    assertTrue(right.verify(verifier()));
    assertEquals(provider.issuer(), right.getJWTClaimsSet().getIssuer());
  }

  @Test
  void rotatesItsKeysJustBeforeSigning() throws Exception {
    String before = keySet();
    provider.rotateKeysBeforeSigning();

    SignedJWT idToken = idToken();

    assertNotEquals(before, keySet());
    assertTrue(idToken.verify(verifier()));
  }

  @Test
  void everyWayOfSigningGivesThreeParts() throws Exception {
    for (Signing signing : Signing.values()) {
      provider.signWith(signing);
      String token = JSON.readTree(exchange(code(), VERIFIER).body()).get("id_token").asText();
      assertEquals(3, token.split("\\.", -1).length, signing.name());
    }
  }

  @Test
  void comesBackAtTheSamePort() throws Exception {
    assertEquals(200, get(Endpoint.DISCOVERY, "").statusCode());
    provider.down();
    assertThrows(IOException.class, () -> get(Endpoint.DISCOVERY, ""));
    provider.up();
    assertEquals(200, get(Endpoint.DISCOVERY, "").statusCode());
  }

  @Test
  void delaysAnAnswerAndBreaksOneOff() throws Exception {
    provider.delay(Endpoint.JWKS, Duration.ofMillis(300));
    long start = System.nanoTime();
    keySet();
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());

    provider.behave().truncate(Endpoint.JWKS);
    assertThrows(IOException.class, this::keySet);
    provider.behave().reset(Endpoint.JWKS);
    assertThrows(IOException.class, this::keySet);
  }

  @Test
  void publishesOddKeysBesideTheGoodOne() throws Exception {
    for (OddKey key : OddKey.values()) {
      provider.publish(key);
    }

    assertEquals(OddKey.values().length + 1, JSON.readTree(keySet()).get("keys").size());
  }

  private SignedJWT idToken() throws Exception {
    return SignedJWT.parse(
        JSON.readTree(exchange(code(), VERIFIER).body()).get("id_token").asText());
  }

  private RSASSAVerifier verifier() throws Exception {
    return new RSASSAVerifier(JWKSet.parse(keySet()).getKeys().get(0).toRSAKey());
  }

  private String keySet() throws IOException, InterruptedException {
    return get(Endpoint.JWKS, "").body();
  }

  private String code() throws IOException, InterruptedException {
    String query =
        "?response_type=code&client_id=gatekeeper&scope=openid%20email&state=the-state"
            + "&nonce=the-nonce&code_challenge_method=S256&code_challenge="
            + CHALLENGE
            + "&redirect_uri="
            + encode(REDIRECT_URI);
    String location =
        get(Endpoint.AUTHORIZATION, query).headers().firstValue("Location").orElseThrow();
    assertTrue(location.startsWith(REDIRECT_URI + "?"), location);
    return ProviderRequest.parse(URI.create(location).getRawQuery()).get("code").get(0);
  }

  private HttpResponse<String> exchange(String code, String verifier)
      throws IOException, InterruptedException {
    return exchange(code, verifier, provider.clientId() + ":" + provider.clientSecret());
  }

  private HttpResponse<String> exchange(String code, String verifier, String client)
      throws IOException, InterruptedException {
    String form =
        "grant_type=authorization_code&code="
            + encode(code)
            + "&code_verifier="
            + verifier
            + "&redirect_uri="
            + encode(REDIRECT_URI);
    return send(
        HttpRequest.newBuilder(URI.create(provider.url(Endpoint.TOKEN)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(client.getBytes(StandardCharsets.US_ASCII)))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private HttpResponse<String> get(Endpoint endpoint, String query)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(provider.url(endpoint) + query)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
