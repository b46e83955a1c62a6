package io.gatekeeper.login;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the provider gave for one session, and what a refreshed ID token is held to.
 *
 * @param session the session's identifier
 * @param idToken the latest ID token; empty where it is too large to keep
 * @param refreshToken the refresh token to use next; null where there is none
 * @param nonce the login's nonce
 * @param parties whom the login's ID token was for
 * @param asked when the provider was last asked
 */
record Grant(
    String session,
    String idToken,
    @Nullable String refreshToken,
    String nonce,
    String parties,
    Instant asked) {

  Grant withIdToken(String text) {
    return new Grant(session, text, refreshToken, nonce, parties, asked);
  }

  Grant withRefreshToken(@Nullable String token) {
    return new Grant(session, idToken, token, nonce, parties, asked);
  }

  Grant askedAt(Instant moment) {
    return new Grant(session, idToken, refreshToken, nonce, parties, moment);
  }

  /** Never a token. */
  @Override
  public String toString() {
    return "Grant[" + session + "]";
  }
}
