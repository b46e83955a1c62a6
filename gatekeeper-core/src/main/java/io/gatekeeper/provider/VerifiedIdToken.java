package io.gatekeeper.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An ID token that passed every check. Only {@link IdTokenVerifier} makes one. */
public final class VerifiedIdToken {
  private static final double FARTHEST_SECOND = 1e11;

  private final ObjectNode claims;
  private final String text;

  VerifiedIdToken(ObjectNode claims, String text) {
    this.claims = claims;
    this.text = text;
  }

  /**
   * The subject ({@code sub}).
   *
   * @return at most 255 visible ASCII characters
   */
  public String subject() {
    return claims.path("sub").textValue();
  }

  /**
   * The provider's session ({@code sid}).
   *
   * @return its identifier, if the provider said so
   */
  public Optional<String> providerSession() {
    return Optional.ofNullable(claims.path("sid").textValue());
  }

  /**
   * When the user last showed who they are ({@code auth_time}).
   *
   * @return the moment, if the provider said so
   */
  public Optional<Instant> authTime() {
    return time(claims, "auth_time");
  }

  /**
   * When it was issued ({@code iat}).
   *
   * @return the moment, by the provider's clock
   */
  public Instant issued() {
    return time(claims, "iat").orElseThrow();
  }

  /**
   * Whom the token is for: {@code aud} and {@code azp}, which a refreshed token has to share with
   * the login's (OpenID Connect Core 1.0, section 12.2).
   *
   * @return a text that is the same for the same parties
   */
  public String parties() {
    return parties(claims);
  }

  static String parties(ObjectNode claims) {
    JsonNode audience = claims.path("aud");
    TreeSet<String> audiences = new TreeSet<>();
    for (JsonNode each : audience.isArray() ? audience : List.of(audience)) {
      audiences.add(each.asText());
    }
    JsonNode authorized = claims.path("azp");
    return audiences + (authorized.isMissingNode() ? "" : " for " + authorized.asText());
  }

  /** A NumericDate (RFC 7519, section 2), if there is one of this or any nearby millennium. */
  static Optional<Instant> time(ObjectNode claims, String claim) {
    JsonNode value = claims.path(claim);
    double seconds = value.asDouble();
    return value.isNumber() && Math.abs(seconds) < FARTHEST_SECOND
        ? Optional.of(Instant.ofEpochSecond((long) seconds))
        : Optional.empty();
  }

  /**
   * All claims.
   *
   * @return a copy, which the caller may change
   */
  public ObjectNode claims() {
    return claims.deepCopy();
  }

  /**
   * The token itself, for the hint of a sign-out.
   *
   * @return the compact JWS; it goes to the provider alone
   */
  public String text() {
    return text;
  }

  /** Never the token, and no claim. */
  @Override
  public String toString() {
    return "VerifiedIdToken[***]";
  }
}
