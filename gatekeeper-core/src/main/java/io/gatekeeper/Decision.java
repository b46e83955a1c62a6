package io.gatekeeper;

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
   * @param identityHeaders every identity header by its name, empty where it has no value. Each of
   *     them replaces what the client sent under that name, in every spelling
   * @param cookie the request's {@code Cookie} header without our cookies, empty when none is left;
   *     it replaces the header that came
   */
  record Proceed(@Nullable Identity who, Map<String, String> identityHeaders, String cookie)
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
