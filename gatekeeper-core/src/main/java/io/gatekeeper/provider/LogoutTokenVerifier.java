package io.gatekeeper.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.identity.Rejection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

  private final String clientId;
  private final Set<String> trustedAudiences;
  private final Duration clockSkew;
  private final Clock clock;
  private final ProviderSignatures signatures;

  /**
   * A verifier for one client.
   *
   * @param clientId the client, which the token has to be for
   * @param trustedAudiences what may be in {@code aud} beside the client
   * @param clockSkew how much the provider's clock may differ from ours
   * @param clock our clock
   * @param signatures verifies signatures by the provider's keys
   */
  public LogoutTokenVerifier(
      String clientId,
      Set<String> trustedAudiences,
      Duration clockSkew,
      Clock clock,
      ProviderSignatures signatures) {
    this.clientId = clientId;
    this.trustedAudiences = Set.copyOf(trustedAudiences);
    this.clockSkew = clockSkew;
    this.clock = clock;
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
        isForUs(claims.path("aud")),
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

  /** Step 3, as for an ID token: for us, and for nobody whom we don't trust. */
  private boolean isForUs(JsonNode audience) {
    boolean found = false;
    for (JsonNode each : audience.isArray() ? audience : List.of(audience)) {
      boolean us = clientId.equals(each.textValue());
      if (!us && !(each.isTextual() && trustedAudiences.contains(each.textValue()))) {
        return false;
      }
      found |= us;
    }
    return found;
  }

  /** Step 3: one from the future would end sessions that start later. */
  private Instant times(ObjectNode claims) throws ProviderException {
    Instant now = clock.instant();
    Instant expires = time(claims, "exp");
    require(now.isBefore(expires.plus(clockSkew)), "expired");
    Instant issued = time(claims, "iat");
    require(!issued.isAfter(now.plus(clockSkew)), "iat is ahead of this clock (see clock-skew)");
    if (claims.has("nbf")) {
      require(!time(claims, "nbf").isAfter(now.plus(clockSkew)), "nbf is ahead of this clock");
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
