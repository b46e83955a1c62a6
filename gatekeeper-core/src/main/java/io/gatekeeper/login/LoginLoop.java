package io.gatekeeper.login;

import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.Verification;

/**
 * Why a browser signs in again and again, as far as its cookies tell: what became of the session of
 * the login before. Pure functions.
 */
final class LoginLoop {
  private LoginLoop() {}

  /** Whether the session's cookie is lost on its way, or comes and does not count. */
  static Rejection reason(Verification found) {
    return reasonOf(found) == Rejection.SESSION_MISSING
        ? Rejection.SESSION_NOT_KEPT
        : Rejection.SESSION_NOT_TAKEN;
  }

  /** A sentence for anybody. */
  static String shown(Verification found) {
    return switch (reasonOf(found)) {
      case SESSION_MISSING -> "";
      case SESSION_EXPIRED -> "The session cookie comes back, and counts as over at once.";
      case SESSION_REVOKED -> "The session cookie comes back, but its session was ended.";
      case SESSION_ISSUER, SESSION_AUDIENCE ->
          "The session cookie that comes back is another application's.";
      case SESSION_SIGNATURE, SESSION_MALFORMED ->
          "The session cookie that comes back is none that this server makes.";
      default -> "The session cookie comes with the sign-in, but not with the pages.";
    };
  }

  /** For the log: the code of what became of the session. */
  static String detail(Verification found, int rounds) {
    return "%d logins in a row, the session now: %s"
        .formatted(rounds, found.valid().isPresent() ? "valid" : reasonOf(found).code());
  }

  private static Rejection reasonOf(Verification found) {
    return found instanceof Verification.Refused refused
        ? refused.reason()
        : Rejection.SESSION_NOT_TAKEN;
  }
}
