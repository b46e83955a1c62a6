package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Revocation;

/**
 * Is told what happened, for logs, metrics and audit. Every method does nothing by default.
 *
 * <p>Methods are called on the thread that decides, so they must be quick and safe for use by many
 * threads; what one throws is logged and changes nothing. Nothing handed over holds a code, a token
 * or a cookie, but for the request itself: don't log its target or headers unread.
 */
public interface GatekeeperListener {
  /**
   * A request was affirmed by its session.
   *
   * @param identity who asked
   */
  default void affirmed(Identity identity) {}

  /**
   * A request was not affirmed: refused, sent to the provider (then with a rejection of status
   * 401), or a login failed.
   *
   * @param rejection why
   * @param request the request
   * @param detail what to look for, in one line for the operator; empty when the code says it all
   */
  default void rejected(Rejection rejection, GatekeeperRequest request, String detail) {}

  /**
   * Somebody signed in.
   *
   * @param identity who
   */
  default void signedIn(Identity identity) {}

  /**
   * Somebody signed out.
   *
   * @param identity who
   */
  default void signedOut(Identity identity) {}

  /**
   * The provider signed somebody out, over the back channel.
   *
   * @param revocation which sessions end, if there are any
   */
  default void signedOutByProvider(Revocation revocation) {}
}
