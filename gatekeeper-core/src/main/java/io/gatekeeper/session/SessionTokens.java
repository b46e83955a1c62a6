package io.gatekeeper.session;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes session tokens and reads them back. Safe for use by many threads; {@link #verify} does no
 * I/O and takes no lock.
 */
public interface SessionTokens {
  /**
   * Makes the token of a new session.
   *
   * @param session what is known of it
   * @return the token in a form that fits a cookie value (RFC 6265, section 4.1.1)
   */
  String issue(NewSession session);

  /**
   * Makes a new token of a session, which is due later. Its start and its absolute end stay, and so
   * does all that isn't given here.
   *
   * @param session the session, in force
   * @param identity who is signed in: the same user, of whom more or less may be known by now
   * @param recheck when the provider is to be asked again; null for never
   * @return the token, as {@link #issue} makes it
   */
  String renew(Session session, Identity identity, @Nullable Instant recheck);

  /**
   * Reads a token.
   *
   * @param token the text of a cookie; anything at all may be in it
   * @return the session, or why there is none; never an exception for what a client can send
   */
  Verification verify(String token);

  /**
   * A session about to be issued.
   *
   * @param id the session's own identifier ({@code sid}), random and never used before
   * @param identity who signed in
   * @param login the login that it comes from ({@code login})
   * @param authTime when the user last showed who they are ({@code auth_time}), if the provider
   *     said so
   * @param providerSession the provider's session ({@code idp_sid}), if the provider said so
   * @param issued when the provider issued the login's ID token, by its clock; null for the start
   * @param recheck when the provider is to be asked again; null for never
   */
  record NewSession(
      String id,
      Identity identity,
      String login,
      @Nullable Instant authTime,
      @Nullable String providerSession,
      @Nullable Instant issued,
      @Nullable Instant recheck) {
    /**
     * A session whose ID token is as old as itself.
     *
     * @param id the session's own identifier
     * @param identity who signed in
     * @param login the login that it comes from
     * @param authTime when the user last showed who they are, if the provider said so
     * @param providerSession the provider's session, if the provider said so
     */
    public NewSession(
        String id,
        Identity identity,
        String login,
        @Nullable Instant authTime,
        @Nullable String providerSession) {
      this(id, identity, login, authTime, providerSession, null, null);
    }
  }

  /** What came of reading a token. */
  sealed interface Verification {
    /**
     * The session, where the token is in force.
     *
     * @return the session; empty where the token was refused
     */
    default Optional<Session> valid() {
      return this instanceof Valid valid ? Optional.of(valid.session()) : Optional.empty();
    }

    /**
     * The token is ours and in force.
     *
     * @param session what it says
     */
    record Valid(Session session) implements Verification {}

    /**
     * The token doesn't count.
     *
     * @param reason why
     */
    record Refused(Rejection reason) implements Verification {}
  }
}
