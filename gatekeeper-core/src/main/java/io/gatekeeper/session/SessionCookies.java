package io.gatekeeper.session;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.Verification;
import java.time.Duration;
import java.util.List;

/** The session cookie: reading, setting and clearing it. Immutable. */
public final class SessionCookies {
  /** The most bytes of any cookie of ours, name and value: browsers keep 4,096. */
  public static final int LARGEST = 3800;

  /** More cookies of the one name than these are somebody's doing. */
  private static final int MOST = 8;

  private static final Verification MISSING = new Verification.Refused(Rejection.SESSION_MISSING);
  private static final Verification AMBIGUOUS =
      new Verification.Refused(Rejection.SESSION_AMBIGUOUS);
  private final CookieNames names;
  private final SessionTokens tokens;

  /**
   * The session cookie of one service.
   *
   * @param names the names
   * @param tokens reads its value
   */
  public SessionCookies(CookieNames names, SessionTokens tokens) {
    this.names = names;
    this.tokens = tokens;
  }

  /**
   * The session that a request carries. Of several cookies with the name the valid one counts; two
   * valid ones of different sessions count as none, for one of them is somebody else's doing.
   *
   * @param cookies the request's cookies
   * @return the session, or why there is none
   */
  public Verification find(Cookies cookies) {
    List<String> values = cookies.values(names.session());
    if (values.size() > MOST) {
      return AMBIGUOUS;
    }
    Verification found = MISSING;
    for (String value : values) {
      Verification next = tokens.verify(value);
      if (found instanceof Verification.Valid first && next instanceof Verification.Valid second) {
        if (!first.session().id().equals(second.session().id())) {
          return AMBIGUOUS;
        }
      } else if (!(found instanceof Verification.Valid)) {
        found = next;
      }
    }
    return found;
  }

  /**
   * Whether a token fits into a cookie that every browser keeps.
   *
   * @param token the token
   * @return false if name and value are longer than {@link #LARGEST}
   */
  public boolean fits(String token) {
    return names.session().length() + token.length() <= LARGEST;
  }

  /**
   * Sets the cookie.
   *
   * @param token the session token
   * @param maxAge for how long, not longer than the token counts
   * @return the cookie
   */
  public SetCookie set(String token, Duration maxAge) {
    return cookie(token).withMaxAge(maxAge);
  }

  /**
   * Clears the cookie, with the attributes that it was set with.
   *
   * @return the cookie
   */
  public SetCookie clear() {
    return cookie("").cleared();
  }

  /**
   * Clears every cookie of the name that can be cleared: with the domain of the settings, and
   * without any, as it was set before a domain was configured.
   *
   * @return the cookies
   */
  public List<SetCookie> clearAll() {
    return names.domain() == null
        ? List.of(clear())
        : List.of(clear(), cookie("").withDomain(null).cleared());
  }

  private SetCookie cookie(String value) {
    return SetCookie.of(names.session(), value, "/", names.site().secure())
        .withDomain(names.domain());
  }
}
