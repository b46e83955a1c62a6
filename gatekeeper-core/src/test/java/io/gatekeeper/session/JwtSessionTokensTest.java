package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtSessionTokensTest {
  private static final String SECRET = "a secret that is long enough for a MAC";
  private static final String OTHER = "another secret, long enough for a MAC";
  private static final String URL = "https://app.example.com";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final Identity ANNA =
      new Identity(
          "anna@example.com",
          "https://provider.example.com",
          "1234",
          "Änna \"A\" Example",
          "anna@example.com",
          true,
          "anna",
          List.of("admins", "x,y"),
          List.of("admins", "x,y"));
  private static final NewSession SESSION =
      new NewSession("sid-1", ANNA, "login-1", NOW.minusSeconds(5), "provider-session");

  private final SessionTokens tokens = tokens(SECRET);

  @Test
  void whatWasIssuedIsRead() {
    Session session = valid(tokens, tokens.issue(SESSION));
    assertEquals(ANNA, session.identity());
    assertEquals("sid-1", session.id());
    assertEquals("login-1", session.login());
    assertEquals(NOW, session.started());
    assertEquals(NOW.plus(LIFETIME), session.end());
    assertEquals(NOW.plus(LIFETIME), session.expires());
    assertEquals(NOW.minusSeconds(5), session.authTime().orElseThrow());
    assertEquals("provider-session", session.providerSession().orElseThrow());
  }

  @Test
  void anyoneCanReadTheClaims() throws Exception {
    String[] parts = tokens.issue(SESSION).split("\\.");
    assertEquals(3, parts.length);
    JsonNode header = json(parts[0]);
    assertEquals("HS256", header.path("alg").asText());
    assertEquals("gatekeeper-session+jwt", header.path("typ").asText());
    JsonNode claims = json(parts[1]);
    assertEquals(URL, claims.path("iss").asText());
    assertEquals("client", claims.path("aud").asText());
    assertEquals("1234", claims.path("sub").asText());
    assertEquals("https://provider.example.com", claims.path("idp").asText());
    assertEquals("provider-session", claims.path("idp_sid").asText());
    assertEquals("[\"admins\",\"x,y\"]", claims.path("groups").toString());
    assertEquals(NOW.getEpochSecond(), claims.path("started").asLong());
    assertEquals(NOW.plus(LIFETIME).getEpochSecond(), claims.path("end").asLong());
    assertTrue(claims.path("roles").isMissingNode(), "roles that are the groups aren't repeated");
  }

  @Test
  void anotherImplementationVerifiesItUnderTheDerivedKey() throws Exception {
    byte[] key = SessionKeys.of(List.of(SECRET)).signing().derive("session token", new byte[0], 32);
    assertTrue(JWSObject.parse(tokens.issue(SESSION)).verify(new MACVerifier(key)));
  }

  @Test
  void aChangeAnywhereIsRefused() {
    String token = tokens.issue(SESSION);
    for (int i = 0; i < token.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        char changed = (char) (token.charAt(i) ^ (1 << bit));
        refused(tokens, token.substring(0, i) + changed + token.substring(i + 1));
      }
      refused(tokens, token.substring(0, i));
    }
    refused(tokens, token + "A");
    refused(tokens, token + "\n");
    refused(tokens, token + "=");
    refused(tokens, " " + token);
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    assertEquals(Rejection.SESSION_SIGNATURE, refused(tokens, tokens(OTHER).issue(SESSION)));
  }

  @Test
  void aTokenWithoutSignatureIsRefusedInEverySpelling() {
    String payload = tokens.issue(SESSION).split("\\.")[1];
    for (String alg : List.of("none", "None", "nOnE", "")) {
      String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"gatekeeper-session+jwt\"}");
      refused(tokens, header + "." + payload + ".");
      refused(tokens, header + "." + payload + ".AAAA");
      refused(tokens, header + "." + payload);
    }
  }

  @Test
  void aGoodMacUnderAnotherTypeIsRefused() throws Exception {
    for (String typ : List.of("JWT", "at+jwt", "gatekeeper-login+jwt")) {
      assertEquals(
          Rejection.SESSION_SIGNATURE, refused(tokens, signed(new JOSEObjectType(typ), payload())));
    }
  }

  @Test
  void aTokenForAnotherServiceIsRefused() {
    SessionTokens otherUrl = tokens(SECRET, "https://other.example.com", "client", NOW);
    SessionTokens otherClient = tokens(SECRET, URL, "other", NOW);
    assertEquals(Rejection.SESSION_ISSUER, refused(tokens, otherUrl.issue(SESSION)));
    assertEquals(Rejection.SESSION_AUDIENCE, refused(tokens, otherClient.issue(SESSION)));
  }

  @Test
  void aSessionEndsAtItsEndAndNotBefore() {
    String token = tokens.issue(SESSION);
    Instant end = NOW.plus(LIFETIME);
    valid(tokens(SECRET, URL, "client", end.minusSeconds(1)), token);
    assertEquals(Rejection.SESSION_EXPIRED, refused(tokens(SECRET, URL, "client", end), token));
  }

  @Test
  void aReplicaWhoseClockIsBehindAffirms() {
    valid(tokens(SECRET, URL, "client", NOW.minusSeconds(80)), tokens.issue(SESSION));
  }

  @Test
  void theFirstSecretSignsAndAllVerify() {
    SessionTokens rotated = of(SessionKeys.of(List.of(OTHER, SECRET)), URL, "client", NOW);
    valid(rotated, tokens.issue(SESSION));
    assertEquals(
        tokens(OTHER).issue(SESSION).split("\\.")[0], rotated.issue(SESSION).split("\\.")[0]);
    assertNotEquals(tokens.issue(SESSION).split("\\.")[0], rotated.issue(SESSION).split("\\.")[0]);
  }

  @Test
  void claimsOfALaterReleaseAreSkipped() throws Exception {
    String later = payload().replace("{\"iss\"", "{\"new\":{\"a\":[1]},\"due\":5,\"iss\"");
    valid(tokens, signed(new JOSEObjectType("gatekeeper-session+jwt"), later));
  }

  /**
   * The very text of a token as it was once issued: it opens for as long as its secret is in the
   * ring.
   */
  @Test
  void aCookieOfAnEarlierReleaseOpens() {
    String cookie =
        "eyJhbGciOiJIUzI1NiIsImtpZCI6IkVhaXU5N09XIiwidHlwIjoiZ2F0ZWtlZXBlci1zZXNzaW9u"
            + "K2p3dCJ9.eyJpc3MiOiJodHRwczovL2FwcC5leGFtcGxlLmNvbSIsImF1ZCI6ImNsaWVudCIsInN"
            + "1YiI6IjEyMzQiLCJzaWQiOiJzaWQtMSIsImlhdCI6MTc5NTUyMTYwMCwiZXhwIjoxNzk1NTY0ODA"
            + "wLCJzdGFydGVkIjoxNzk1NTIxNjAwLCJlbmQiOjE3OTU1NjQ4MDAsImF1dGhfdGltZSI6MTc5NTU"
            + "yMTU5NSwiaWRwIjoiaHR0cHM6Ly9wcm92aWRlci5leGFtcGxlLmNvbSIsImlkcF9zaWQiOiJwcm9"
            + "2aWRlci1zZXNzaW9uIiwibG9naW4iOiJsb2dpbi0xIiwidXNlciI6ImFubmFAZXhhbXBsZS5jb20"
            + "iLCJuYW1lIjoiw4RubmEgXCJBXCIgRXhhbXBsZSIsImVtYWlsIjoiYW5uYUBleGFtcGxlLmNvbSI"
            + "sImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJwcmVmZXJyZWRfdXNlcm5hbWUiOiJhbm5hIiwiZ3JvdXB"
            + "zIjpbImFkbWlucyIsIngseSJdfQ.O5gwIKYQAJQh5qnVTDTQjhOBGRlAufJdRVmMtl4gPMo";
    assertEquals(ANNA, valid(tokens, cookie).identity());
  }

  @Test
  void anythingElseIsRefusedWithoutAnException() {
    for (String text : List.of("", ".", "..", "...", "a.b.c", "\0", "ü.€.x", "A".repeat(100_000))) {
      refused(tokens, text);
    }
  }

  private String payload() {
    return new String(Base64.getUrlDecoder().decode(tokens.issue(SESSION).split("\\.")[1]), UTF_8);
  }

  /** Signs with our key and id whatever a test wants signed, with the header in our order. */
  private static String signed(JOSEObjectType typ, String payload) throws Exception {
    SessionKeys.Key key = SessionKeys.of(List.of(SECRET)).signing();
    String header =
        "{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"%s\"}".formatted(key.kid(), typ.getType());
    JWSHeader parsed = JWSHeader.parse(header);
    assertEquals(JWSAlgorithm.HS256, parsed.getAlgorithm());
    String input = base64(header) + "." + base64(payload);
    byte[] mac = key.derive("session token", new byte[0], 32);
    return input + "." + new MACSigner(mac).sign(parsed, input.getBytes(ISO_8859_1)).toString();
  }

  private static JsonNode json(String part) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static Session valid(SessionTokens by, String token) {
    return assertInstanceOf(Verification.Valid.class, by.verify(token)).session();
  }

  private static Rejection refused(SessionTokens by, String token) {
    return assertInstanceOf(Verification.Refused.class, by.verify(token), token).reason();
  }

  private static SessionTokens tokens(String secret) {
    return tokens(secret, URL, "client", NOW);
  }

  private static SessionTokens tokens(String secret, String url, String client, Instant now) {
    return of(SessionKeys.of(List.of(secret)), url, client, now);
  }

  private static SessionTokens of(SessionKeys keys, String url, String client, Instant now) {
    return new JwtSessionTokens(
        keys, url, client, new SessionTerms(LIFETIME), Clock.fixed(now, ZoneOffset.UTC));
  }
}
