package io.gatekeeper;

import io.gatekeeper.access.IdentityHeaders;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a request: it goes on, or it is answered here. */
public sealed interface Decision {
  /**
   * The request goes on to the application.
   *
   * @param who the signed-in user; null where a public page is asked for without a session
   * @param session the {@code sid} of the user's session, which is no secret; null where there is
   *     no user. What an application keeps for a user, such as an {@code HttpSession}, belongs to
   *     it
   * @param identityHeaders every identity header by its name, empty where it has no value. Each of
   *     them replaces what the client sent under that name, in every spelling
   * @param cookie the request's {@code Cookie} header without our cookies, empty when none is left;
   *     it replaces the header that came
   */
  record Proceed(
      @Nullable Identity who,
      @Nullable String session,
      Map<String, String> identityHeaders,
      String cookie)
      implements Decision {
    /** Who, and nothing of the cookies. */
    @Override
    public String toString() {
      return "Proceed[" + (who == null ? "nobody" : who.user()) + "]";
    }

    /**
     * The signed-in user.
     *
     * @return the identity, if there is one
     */
    public Optional<Identity> identity() {
      return Optional.ofNullable(who);
    }

    /**
     * Whether a header that the client sent is one of those that {@link #identityHeaders} and
     * {@link #cookie} replace. An adapter takes them all out before it puts ours in.
     *
     * @param headerName the header's name
     * @return true for {@code Cookie} and for every spelling of an identity header that an
     *     application could take for it, such as {@code X_User} or {@code x.user} for {@code
     *     X-User}
     */
    public boolean replaces(String headerName) {
      if (headerName.equalsIgnoreCase("Cookie")) {
        return true;
      }
      for (String name : identityHeaders.keySet()) {
        if (IdentityHeaders.isLike(name, headerName)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The request is answered here and goes no further.
   *
   * @param response the answer
   * @param reason why; null where an own endpoint answers, whatever it says
   */
  record Respond(Response response, @Nullable Rejection reason) implements Decision {
    /**
     * Why the request does not go on.
     *
     * @return the reason, unless an own endpoint answers
     */
    public Optional<Rejection> rejection() {
      return Optional.ofNullable(reason);
    }
  }
}
