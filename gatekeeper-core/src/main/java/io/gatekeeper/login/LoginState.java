package io.gatekeeper.login;

import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.session.SessionKeys;
import java.time.Instant;

/**
 * What must be remembered of one login in progress. It travels in the {@code state} parameter,
 * sealed, so that no login is kept in memory and any number of tabs can sign in at once.
 *
 * @param id the login's identifier: the random salt of the seal, in base64url
 * @param key the key that sealed it, from which nonce and code verifier follow
 * @param begun when
 * @param attempts how many logins failed before it, one after the other
 * @param browser the short id of the cookie that holds the browser's secret
 * @param binding what ties it to that secret, our client and its redirect URI
 * @param target the return target; the path alone where the whole is in a cookie
 * @param slot which cookie holds the whole target: 1 or 2, or 0 for none
 * @param rounds how many logins completed just before it began, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by Browser alone, in constant time.
record LoginState(
    String id,
    SessionKeys.Key key,
    Instant begun,
    int attempts,
    String browser,
    byte[] binding,
    ReturnTarget target,
    int slot,
    int rounds) {

  /** The identifier alone. */
  @Override
  public String toString() {
    return "LoginState[" + id + "]";
  }
}
