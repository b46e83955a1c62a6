package io.gatekeeper.session;

import io.gatekeeper.http.Site;
import org.jspecify.annotations.Nullable;

/**
 * The names of our cookies, all derived from one. Over TLS each has the strictest prefix that
 * browsers know ({@code __Host-}, or {@code __Secure-} where a domain or path is set), and the
 * unprefixed name is never read. Immutable.
 *
 * @param base the name in the settings ({@code cookie-name})
 * @param site the external URL's site, which flags and prefixes follow
 * @param domain the domain of the session cookie; null for this host alone
 */
public record CookieNames(String base, Site site, @Nullable String domain) {
  private static final String HOST = "__Host-";
  private static final String SECURE = "__Secure-";
  private static final String SECOND_PART = "-part2";
  private static final String MOVES = "-moves";

  /**
   * The session cookie.
   *
   * @return its name
   */
  public String session() {
    return prefixed(domain == null ? HOST : SECURE, base);
  }

  /**
   * The cookie that holds the rest of a session too large for one.
   *
   * @return its name
   */
  public String secondPart() {
    return prefixed(domain == null ? HOST : SECURE, base + SECOND_PART);
  }

  /**
   * What the names of login cookies begin with; the cookie's short id follows.
   *
   * @return the beginning of a name
   */
  public String login() {
    return prefixed(HOST, base + "-login-");
  }

  /**
   * One of the two cookies that hold a long return target.
   *
   * @param slot 1 or 2
   * @return its name
   */
  public String target(int slot) {
    return prefixed(HOST, base + "-target-" + slot);
  }

  /**
   * The cookie that holds what came from the provider, sent to own endpoints alone.
   *
   * @return its name
   */
  public String refresh() {
    return prefixed(SECURE, base + "-refresh");
  }

  /**
   * The cookie that counts how often a browser was just sent to the external URL.
   *
   * @return its name
   */
  public String moves() {
    return prefixed(HOST, base + MOVES);
  }

  /**
   * Whether a cookie is one of ours, in any of the prefixes.
   *
   * @param name the cookie's name
   * @return true if no application is to see it
   */
  public boolean isOurs(String name) {
    String plain =
        name.startsWith(HOST)
            ? name.substring(HOST.length())
            : name.startsWith(SECURE) ? name.substring(SECURE.length()) : name;
    return plain.startsWith(base)
        && (plain.length() == base.length()
            || plain.startsWith("-login-", base.length())
            || plain.startsWith("-target-", base.length())
            || isBaseWith(plain, SECOND_PART)
            || isBaseWith(plain, MOVES)
            || isBaseWith(plain, "-refresh"));
  }

  private boolean isBaseWith(String plain, String ending) {
    return plain.length() == base.length() + ending.length() && plain.endsWith(ending);
  }

  private String prefixed(String prefix, String name) {
    return site.secure() ? prefix + name : name;
  }
}
