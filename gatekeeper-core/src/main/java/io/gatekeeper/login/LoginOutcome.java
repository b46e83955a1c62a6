package io.gatekeeper.login;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a step of a login. */
public sealed interface LoginOutcome {
  /**
   * The browser goes on somewhere.
   *
   * @param response the redirect, with its cookies
   * @param signedIn who signed in just now; null where nobody did
   */
  record Redirect(Response response, @Nullable Identity signedIn) implements LoginOutcome {}

  /**
   * The login stops here.
   *
   * @param rejection why
   * @param detail what to look for, for the operator
   * @param shown a sentence more that anybody may read, in words of our own; empty for none
   * @param target where the user wanted to go, to try again
   * @param cleared cookies that stood in the way, to be cleared or replaced with the answer
   */
  record Rejected(
      Rejection rejection,
      String detail,
      String shown,
      ReturnTarget target,
      List<SetCookie> cleared)
      implements LoginOutcome {}
}
