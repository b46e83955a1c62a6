package io.gatekeeper.session;

import java.time.Instant;

/**
 * Sessions that end before their time: plain values, so that they can be sent to other processes.
 *
 * <p>All but the first are about sessions that began up to a moment, never about later ones, so the
 * same one twice, or an old one again, changes nothing. Moments and ends count in whole seconds;
 * whoever signs in within the very second of a moment has to sign in again.
 */
public sealed interface Revocation {
  /**
   * One session of ours.
   *
   * @param session its identifier ({@code sid})
   * @param end its absolute end, until which it has to be remembered; a later moment does no harm
   */
  record OfSession(String session, Instant end) implements Revocation {}

  /**
   * The sessions that come from one session at the provider.
   *
   * @param idp the provider's issuer
   * @param session the provider's own identifier ({@code sid} of its tokens)
   * @param issued by the provider's clock: covers sessions whose ID token was not issued later
   */
  record OfProviderSession(String idp, String session, Instant issued) implements Revocation {}

  /**
   * The sessions of one user, as the provider tells it.
   *
   * @param idp the provider's issuer
   * @param subject the user there ({@code sub})
   * @param issued by the provider's clock: covers sessions whose ID token was not issued later
   */
  record OfProviderSubject(String idp, String subject, Instant issued) implements Revocation {}

  /**
   * The sessions of one user, as an administrator tells it.
   *
   * @param idp the provider's issuer
   * @param subject the user there ({@code sub})
   * @param moment by our clock: covers sessions that were not started later
   */
  record OfSubject(String idp, String subject, Instant moment) implements Revocation {}

  /**
   * All sessions.
   *
   * @param moment by our clock: covers sessions that were not started later
   */
  record OfEverybody(Instant moment) implements Revocation {}
}
