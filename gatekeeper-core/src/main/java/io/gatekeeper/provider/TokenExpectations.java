package io.gatekeeper.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What tokens of every kind are held to alike: who they are for, and their times by our clock.
 * Immutable, and as safe for use by many threads as the clock.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 3.1.3.7; OpenID Connect Back-Channel Logout
 * 1.0, section 2.6.
 *
 * @param clientId the client, which a token has to be for
 * @param trustedAudiences what may be in {@code aud} beside the client
 * @param clockSkew how much the provider's clock may differ from ours
 * @param clock our clock
 */
public record TokenExpectations(
    String clientId, Set<String> trustedAudiences, Duration clockSkew, Clock clock) {
  /** Copies the set. */
  public TokenExpectations {
    trustedAudiences = Set.copyOf(trustedAudiences);
  }

  /** Whether an {@code aud} names us, and nobody whom we don't trust. */
  boolean isForUs(JsonNode audience) {
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

  /** Whether an {@code exp} has passed. */
  boolean isOver(Instant expires, Instant now) {
    return !now.isBefore(expires.plus(clockSkew));
  }

  /** Whether a moment that should have passed has not. */
  boolean isAhead(Instant moment, Instant now) {
    return moment.isAfter(now.plus(clockSkew));
  }
}
