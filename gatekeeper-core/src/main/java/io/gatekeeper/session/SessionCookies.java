package io.gatekeeper.session;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The session cookie: reading, setting and clearing it. A token too large for one cookie is cut in
 * two; the MAC over the whole of it says whether two parts belong together. Immutable.
 */
public final class SessionCookies {
  /** The most bytes of any cookie of ours, name and value: browsers keep 4,096. */
  public static final int LARGEST = 3800;

  /** More cookies of the one name, or more ways to join parts, are somebody's doing. */
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
   * The session that a request carries, in one cookie or in two. Of several cookies with the name
   * the valid one counts; two valid ones of different sessions count as none, for one of them is
   * somebody else's doing.
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
    List<String> parts = new ArrayList<>(0);
    for (String value : values) {
      Verification whole = tokens.verify(value);
      if (mayBePart(whole)) {
        parts.add(value);
      }
      found = either(found, whole);
    }
    return parts.isEmpty() ? found : joined(found, parts, cookies.values(names.secondPart()));
  }

  /**
   * Every session that a request carries, also where there are several and none of them counts: for
   * a sign-out, which is to leave none behind.
   *
   * @param cookies the request's cookies
   * @return the sessions; a session may be there twice
   */
  public List<Session> all(Cookies cookies) {
    List<String> firsts = cookies.values(names.session());
    List<String> tokens = new ArrayList<>(firsts);
    for (String first : firsts) {
      cookies.values(names.secondPart()).forEach(second -> tokens.add(first + second));
    }
    return tokens.stream()
        .limit(2 * MOST)
        .flatMap(token -> this.tokens.verify(token).valid().stream())
        .toList();
  }

  /** What is whole keeps its reason, such as that it is over, whatever else there is. */
  private static boolean mayBePart(Verification whole) {
    return whole instanceof Verification.Refused refused
        && (refused.reason() == Rejection.SESSION_SIGNATURE
            || refused.reason() == Rejection.SESSION_MALFORMED);
  }

  private Verification joined(Verification alone, List<String> firsts, List<String> seconds) {
    if (firsts.size() * seconds.size() > MOST) {
      return alone instanceof Verification.Valid ? alone : AMBIGUOUS;
    }
    Verification found = alone;
    for (String first : firsts) {
      for (String second : seconds) {
        found = either(found, tokens.verify(first + second));
      }
    }
    return found;
  }

  /** A valid one outranks the refused; of two refused the later tells why. */
  private static Verification either(Verification found, Verification next) {
    if (found instanceof Verification.Valid first) {
      return next instanceof Verification.Valid second
              && !first.session().id().equals(second.session().id())
          ? AMBIGUOUS
          : found;
    }
    return found == AMBIGUOUS ? found : next;
  }

  /**
   * Whether a token fits into cookies that every browser keeps.
   *
   * @param token the token
   * @return false if it takes more than two of {@link #LARGEST} bytes, name and value
   */
  public boolean fits(String token) {
    return token.length() <= room(names.session()) + room(names.secondPart());
  }

  private static int room(String name) {
    return LARGEST - name.length();
  }

  /**
   * Sets the session's cookies. What is left of a larger session before it is cleared.
   *
   * @param token the session token, one that {@linkplain #fits fits}
   * @param maxAge for how long, not longer than the token counts
   * @return the cookies, all of which belong into one answer
   */
  public List<SetCookie> set(String token, Duration maxAge) {
    int cut = Math.min(token.length(), room(names.session()));
    SetCookie second = cookie(names.secondPart(), token.substring(cut));
    return List.of(
        cookie(names.session(), token.substring(0, cut)).withMaxAge(maxAge),
        cut == token.length() ? second.cleared() : second.withMaxAge(maxAge));
  }

  /**
   * Clears every cookie of a session that can be cleared, with the attributes that it was set with:
   * with the domain of the settings, and without any, as it was set before a domain was configured.
   *
   * @return the cookies
   */
  public List<SetCookie> clearAll() {
    List<SetCookie> cleared = new ArrayList<>();
    for (String name : List.of(names.session(), names.secondPart())) {
      SetCookie cookie = cookie(name, "");
      cleared.add(cookie.cleared());
      if (names.domain() != null) {
        cleared.add(cookie.withDomain(null).cleared());
      }
    }
    return cleared;
  }

  private SetCookie cookie(String name, String value) {
    return SetCookie.of(name, value, "/", names.site().secure()).withDomain(names.domain());
  }
}
