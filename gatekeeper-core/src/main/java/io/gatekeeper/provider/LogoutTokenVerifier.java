package io.gatekeeper.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.identity.Rejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verifies logout tokens. Blocking where the keys have to be fetched; safe for use by many threads.
 *
 * <p>A token may come twice (step 8 is optional, and a provider that missed our answer sends it
 * again): what it asks for is about sessions from before it was issued, so it does no harm.
 *
 * <p>Specification: OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6.
 */
public final class LogoutTokenVerifier {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final TokenExpectations expectations;
  private final ProviderSignatures signatures;

  /**
   * A verifier for one client.
   *
   * @param expectations who a token has to be for, and when
   * @param signatures verifies signatures by the provider's keys
   */
  public LogoutTokenVerifier(TokenExpectations expectations, ProviderSignatures signatures) {
    this.expectations = expectations;
    this.signatures = signatures;
  }

  /**
   * A logout token that passed every check.
   *
   * @param issuer the provider
   * @param subject whose sessions end ({@code sub}); null where the token has none
   * @param session which of them ends ({@code sid}); null for all, and then there is a subject
   * @param issued when, by the provider's clock
   */
  public record VerifiedLogoutToken(
      String issuer, @Nullable String subject, @Nullable String session, Instant issued) {}

  /**
   * Verifies a logout token.
   *
   * @param metadata the provider's metadata
   * @param token what was sent; anything at all may be in it
   * @return the token, verified
   * @throws ProviderException when any check fails, saying which
   */
  public VerifiedLogoutToken verify(ProviderMetadata metadata, String token)
      throws ProviderException {
    // Steps 1 and 2.
    ObjectNode claims =
        signatures.verify(ProviderSignatures.LOGOUT_TOKEN, metadata, token).claims();
    require(
        metadata.issuer().equals(claims.path("iss").textValue()),
        "iss is not " + metadata.issuer());
    require(
        // Step 3, as for an ID token.
        expectations.isForUs(claims.path("aud")),
        "aud is not the client alone (see client-id, trusted-audiences)");
    Instant issued = times(claims);
    // Step 4.
    String subject = optional(claims, "sub");
    String session = optional(claims, "sid");
    require(subject != null || session != null, "neither sub nor sid is there");
    // Step 5.
    require(claims.path("events").path(EVENT).isObject(), "events has no member " + EVENT);
    // Step 6: with a nonce it would pass for an ID token somewhere.
    require(!claims.has("nonce"), "nonce is there");
    require(optional(claims, "jti") != null, "jti is missing");
    return new VerifiedLogoutToken(metadata.issuer(), subject, session, issued);
  }

  /** Step 3: one from the future would end sessions that start later. */
  private Instant times(ObjectNode claims) throws ProviderException {
    Instant now = expectations.clock().instant();
    require(!expectations.isOver(time(claims, "exp"), now), "expired");
    Instant issued = time(claims, "iat");
    require(!expectations.isAhead(issued, now), "iat is ahead of this clock (see clock-skew)");
    if (claims.has("nbf")) {
      require(!expectations.isAhead(time(claims, "nbf"), now), "nbf is ahead of this clock");
    }
    return issued;
  }

  private static Instant time(ObjectNode claims, String claim) throws ProviderException {
    return VerifiedIdToken.time(claims, claim)
        .orElseThrow(() -> ProviderSignatures.LOGOUT_TOKEN.malformed(claim + " is no time"));
  }

  private static @Nullable String optional(ObjectNode claims, String claim)
      throws ProviderException {
    JsonNode value = claims.path(claim);
    require(
        value.isMissingNode() || (value.isTextual() && !value.textValue().isEmpty()),
        claim + " is no text");
    return value.textValue();
  }

  private static void require(boolean fulfilled, String otherwise) throws ProviderException {
    if (!fulfilled) {
      throw new ProviderException(Rejection.LOGOUT_TOKEN_INVALID, "logout token: " + otherwise);
    }
  }
}
