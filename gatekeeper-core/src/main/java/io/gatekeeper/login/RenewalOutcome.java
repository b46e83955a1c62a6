package io.gatekeeper.login;

import io.gatekeeper.http.SetCookie;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Session;
import java.util.List;

/** What came of renewing a session. */
public sealed interface RenewalOutcome {
  /**
   * The session goes on.
   *
   * @param session what its new token says
   * @param cookies all that set the token
   */
  record Renewed(Session session, List<SetCookie> cookies) implements RenewalOutcome {
    /** Never a token. */
    @Override
    public String toString() {
      return "Renewed[" + session + "]";
    }
  }

  /**
   * The session was ended meanwhile. The browser's cookies stay as they are: a login as somebody
   * else may have ended it, and they may be that login's already.
   *
   * @param reason why it doesn't count
   */
  record Over(Rejection reason) implements RenewalOutcome {}

  /**
   * The provider doesn't vouch for the session any more.
   *
   * @param reason why
   * @param certain false where the browser may know better: another process may have used the
   *     refresh token, and its answer be on the way
   * @param cleared what clears the session's cookies
   */
  record Lost(Rejection reason, boolean certain, List<SetCookie> cleared)
      implements RenewalOutcome {}
}
