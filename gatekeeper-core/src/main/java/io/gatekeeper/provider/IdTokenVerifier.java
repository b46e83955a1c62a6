package io.gatekeeper.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderSignatures.SignedClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens: the signature and header on Nimbus, each claim here and by the injected
 * clock. What the verifier was not told to expect is rejected. Blocking where the keys have to be
 * fetched; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, sections 2, 3.1.3.7 and 3.1.3.8; RFC 8725.
 */
public final class IdTokenVerifier {
  /** How old an ID token may be that was asked for a moment ago. */
  static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST_SUBJECT = 255;

  private final TokenExpectations expectations;
  private final ProviderSignatures signatures;

  /**
   * A verifier for one client.
   *
   * @param expectations who a token has to be for, and when
   * @param signatures verifies signatures by the provider's keys
   */
  public IdTokenVerifier(TokenExpectations expectations, ProviderSignatures signatures) {
    this.expectations = expectations;
    this.signatures = signatures;
  }

  /**
   * Verifies an ID token that came from the token endpoint.
   *
   * @param metadata the provider's metadata
   * @param idToken the token
   * @param nonce the nonce of the authorization request
   * @param accessToken the access token that came with it
   * @return the token, verified
   * @throws ProviderException when any check fails, saying which
   */
  public VerifiedIdToken verify(
      ProviderMetadata metadata, String idToken, String nonce, AccessToken accessToken)
      throws ProviderException {
    SignedClaims signed = signed(metadata, idToken);
    // Before the times: only a token made for this login shows what time it is at the provider.
    nonce(signed.claims(), nonce);
    return new VerifiedIdToken(verified(signed, accessToken), idToken);
  }

  /**
   * What a refreshed ID token has to share with the login's.
   *
   * @param subject its {@code sub}
   * @param parties its {@link VerifiedIdToken#parties}
   * @param nonce its nonce
   * @param authTime its {@code auth_time}; null where it had none
   * @param started when the session began, by our clock
   */
  public record Original(
      String subject, String parties, String nonce, @Nullable Instant authTime, Instant started) {}

  /**
   * Verifies an ID token that came for a refresh token.
   *
   * <p>Specification: OpenID Connect Core 1.0, section 12.2.
   *
   * @param metadata the provider's metadata
   * @param idToken the token
   * @param original the login's
   * @param accessToken the access token that came with it
   * @return the token, verified
   * @throws ProviderException when any check fails, saying which
   */
  public VerifiedIdToken verifyRefreshed(
      ProviderMetadata metadata, String idToken, Original original, AccessToken accessToken)
      throws ProviderException {
    ObjectNode claims = verified(signed(metadata, idToken), accessToken);
    if (!original.subject().equals(claims.path("sub").textValue())) {
      throw new ProviderException(
          Rejection.ID_TOKEN_SUBJECT, "refreshed ID token: sub is not the login's");
    }
    if (!original.parties().equals(VerifiedIdToken.parties(claims))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUDIENCE, "refreshed ID token: aud or azp is not the login's");
    }
    if (claims.has("nonce")) {
      nonce(claims, original.nonce());
    }
    authTime(claims, original);
    return new VerifiedIdToken(claims, idToken);
  }

  /** The time of the login, not of the refresh. */
  private void authTime(ObjectNode claims, Original original) throws ProviderException {
    Optional<Instant> authTime = VerifiedIdToken.time(claims, "auth_time");
    boolean fits =
        authTime.isEmpty()
            || (original.authTime() == null
                ? !authTime.get().isAfter(original.started().plus(expectations.clockSkew()))
                : authTime.get().equals(original.authTime()));
    if (!fits) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUTH_TIME, "refreshed ID token: auth_time is not the login's");
    }
  }

  private SignedClaims signed(ProviderMetadata metadata, String idToken) throws ProviderException {
    SignedClaims signed = signatures.verify(ProviderSignatures.ID_TOKEN, metadata, idToken);
    issuer(signed.claims(), metadata);
    audience(signed.claims());
    return signed;
  }

  private ObjectNode verified(SignedClaims signed, AccessToken accessToken)
      throws ProviderException {
    ObjectNode claims = signed.claims();
    times(claims);
    subject(claims);
    accessTokenHash(signed.algorithm(), claims, accessToken);
    return claims;
  }

  /** Step 2. */
  private static void issuer(ObjectNode claims, ProviderMetadata metadata)
      throws ProviderException {
    if (!metadata.issuer().equals(claims.path("iss").textValue())) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ISSUER, "ID token: iss is not " + metadata.issuer());
    }
  }

  /** Steps 3 to 5. */
  private void audience(ObjectNode claims) throws ProviderException {
    JsonNode audience = claims.path("aud");
    texts(audience);
    if (!expectations.isForUs(audience)) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUDIENCE,
          "ID token: aud is not the client alone (see client-id, trusted-audiences)");
    }
    JsonNode authorizedParty = claims.path("azp");
    if (!authorizedParty.isMissingNode()
        && !expectations.clientId().equals(authorizedParty.textValue())) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUTHORIZED_PARTY, "ID token: azp is not the client");
    }
  }

  private static void texts(JsonNode audience) throws ProviderException {
    for (JsonNode each : audience.isArray() ? audience : List.of(audience)) {
      if (!each.isTextual()) {
        throw new ProviderException(
            Rejection.ID_TOKEN_AUDIENCE, "ID token: aud is neither a text nor an array of texts");
      }
    }
  }

  /** Steps 9 and 10, and nbf (RFC 7519, section 4.1.5). */
  private void times(ObjectNode claims) throws ProviderException {
    Instant now = expectations.clock().instant();
    Duration clockSkew = expectations.clockSkew();
    Instant expires = time(claims, "exp", Rejection.ID_TOKEN_EXPIRED);
    if (expectations.isOver(expires, now)) {
      throw untimely(
          Rejection.ID_TOKEN_EXPIRED,
          "expired %d s ago by this clock".formatted(seconds(expires, now)),
          claims);
    }
    Instant issued = time(claims, "iat", Rejection.ID_TOKEN_ISSUED_AT);
    if (expectations.isAhead(issued, now)) {
      throw untimely(
          Rejection.ID_TOKEN_ISSUED_AT,
          "iat is %d s ahead of this clock".formatted(seconds(now, issued)),
          claims);
    }
    if (issued.isBefore(now.minus(OLDEST).minus(clockSkew))) {
      throw untimely(
          Rejection.ID_TOKEN_ISSUED_AT,
          "issued %d s ago by this clock (expected: less than %s)"
              .formatted(seconds(issued, now), OLDEST),
          claims);
    }
    if (claims.has("nbf")
        && expectations.isAhead(time(claims, "nbf", Rejection.ID_TOKEN_ISSUED_AT), now)) {
      throw untimely(Rejection.ID_TOKEN_ISSUED_AT, "nbf is ahead of this clock", claims);
    }
  }

  /** With the difference of the clocks where that is the cause: the token was made just now. */
  private ProviderException untimely(Rejection rejection, String what, ObjectNode claims) {
    Instant now = expectations.clock().instant();
    String difference =
        VerifiedIdToken.time(claims, "iat")
            .filter(
                issued ->
                    Duration.between(issued, now).abs().compareTo(expectations.clockSkew()) > 0)
            .map(issued -> ClockDifference.describe(issued, now))
            .orElse("");
    String detail = "ID token: %s (clock-skew: %s)".formatted(what, expectations.clockSkew());
    return new ProviderException(
        rejection, difference.isEmpty() ? detail : detail + ". " + difference, difference);
  }

  private static Instant time(ObjectNode claims, String claim, Rejection otherwise)
      throws ProviderException {
    return VerifiedIdToken.time(claims, claim)
        .orElseThrow(() -> new ProviderException(otherwise, "ID token: " + claim + " is no time"));
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  /** Section 2: at most 255 ASCII characters; of those, the printable ones. */
  private static void subject(ObjectNode claims) throws ProviderException {
    String subject = claims.path("sub").textValue();
    if (subject == null
        || subject.isEmpty()
        || subject.length() > LONGEST_SUBJECT
        || !subject.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new ProviderException(
          Rejection.ID_TOKEN_SUBJECT,
          "ID token: sub is no text of 1 to " + LONGEST_SUBJECT + " ASCII characters");
    }
  }

  /** Step 11. */
  private static void nonce(ObjectNode claims, String expected) throws ProviderException {
    String nonce = claims.path("nonce").textValue();
    if (nonce == null || !MessageDigest.isEqual(ascii(nonce), ascii(expected))) {
      throw new ProviderException(Rejection.ID_TOKEN_NONCE, "ID token: nonce is not the login's");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Section 3.1.3.8: optional, but right where it is there. */
  private static void accessTokenHash(
      JWSAlgorithm algorithm, ObjectNode claims, AccessToken accessToken) throws ProviderException {
    JsonNode hash = claims.path("at_hash");
    if (hash.isMissingNode()) {
      return;
    }
    try {
      AccessTokenValidator.validate(accessToken, algorithm, new AccessTokenHash(hash.asText()));
    } catch (InvalidHashException | IllegalArgumentException e) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ACCESS_TOKEN_HASH, "ID token: at_hash is not the access token's", e);
    }
  }
}
