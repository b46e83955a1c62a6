package io.gatekeeper.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that we set: always HttpOnly, and SameSite=Lax so that it comes with a provider's
 * redirect back. Immutable.
 *
 * <p>Specification: RFC 6265, section 4.1, and the prefixes and SameSite of its successor.
 *
 * @param name its name, a token
 * @param value its value, of characters that need no quotes
 * @param path the path it is sent to and below
 * @param domain the domain it is sent to and below; null for this host alone
 * @param maxAge how long it is kept, in whole seconds, zero for not at all; null for as long as the
 *     browser is open
 * @param secure whether it is sent over TLS alone
 */
public record SetCookie(
    String name,
    String value,
    String path,
    @Nullable String domain,
    @Nullable Duration maxAge,
    boolean secure) {

  /** Refuses what would end the name, the value or an attribute early: a mistake of ours. */
  public SetCookie {
    if (name.isEmpty() || !consistsOf(name, "()<>@,;:\\\"/[]?={}")) {
      throw new IllegalArgumentException("cookie name: " + name + " (expected: a token)");
    }
    if (!consistsOf(value, "\",;\\")) {
      throw new IllegalArgumentException(
          "cookie " + name + ": its value has characters that a cookie can't hold");
    }
    if (!path.startsWith("/") || !consistsOf(path, ";")) {
      throw new IllegalArgumentException("cookie " + name + ": path " + path);
    }
    if (domain != null && (domain.isEmpty() || !consistsOf(domain, ";,="))) {
      throw new IllegalArgumentException("cookie " + name + ": domain " + domain);
    }
    if (maxAge != null && maxAge.isNegative()) {
      throw new IllegalArgumentException("cookie " + name + ": max-age " + maxAge);
    }
  }

  /**
   * A cookie of this host for as long as the browser is open.
   *
   * @param name its name
   * @param value its value
   * @param path its path
   * @param secure whether it is sent over TLS alone
   * @return the cookie
   */
  public static SetCookie of(String name, String value, String path, boolean secure) {
    return new SetCookie(name, value, path, null, null, secure);
  }

  /**
   * The same cookie for a domain.
   *
   * @param domain the domain; null for this host alone
   * @return a new cookie
   */
  public SetCookie withDomain(@Nullable String domain) {
    return new SetCookie(name, value, path, domain, maxAge, secure);
  }

  /**
   * The same cookie for some time.
   *
   * @param maxAge how long it is kept; parts of a second are dropped
   * @return a new cookie
   */
  public SetCookie withMaxAge(Duration maxAge) {
    return new SetCookie(name, value, path, domain, maxAge, secure);
  }

  /**
   * What takes this cookie away: the same name and attributes, which must fit for a browser to
   * recognise it, and no time to live.
   *
   * @return a new cookie without a value
   */
  public SetCookie cleared() {
    return new SetCookie(name, "", path, domain, Duration.ZERO, secure);
  }

  /**
   * The cookie as a header.
   *
   * @return the value of {@code Set-Cookie}: for a response, never for a log
   */
  public String header() {
    return name
        + "="
        + value
        + "; Path="
        + path
        + (domain == null ? "" : "; Domain=" + domain)
        + (maxAge == null ? "" : "; Max-Age=" + maxAge.toSeconds())
        + (secure ? "; Secure" : "")
        + "; HttpOnly; SameSite=Lax";
  }

  /** Its name, never its value. */
  @Override
  public String toString() {
    return "SetCookie[" + name + "]";
  }

  private static boolean consistsOf(String text, String exceptions) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f && exceptions.indexOf(c) < 0);
  }
}
