package io.gatekeeper.testing;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie in a {@link TestBrowser}'s jar (RFC 6265bis, section 5.7).
 *
 * @param name its name
 * @param value its value, as it came
 * @param domain the host it belongs to, or the domain below which it is sent
 * @param hostOnly whether it is sent to that host alone
 * @param path the path below which it is sent
 * @param secure whether it has the attribute Secure
 * @param httpOnly whether it has the attribute HttpOnly
 * @param sameSite the attribute SameSite in lower case, {@code lax} when it is missing
 * @param expires when it ends, or null when the browser's end is its own
 * @param created when it was first set, in steps of one
 */
public record BrowserCookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    boolean httpOnly,
    String sameSite,
    Instant expires,
    long created) {

  boolean sameAs(BrowserCookie other) {
    return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
  }

  boolean over(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  boolean goesTo(BrowserUrl url) {
    boolean domainFits = hostOnly ? url.host().equals(domain) : domainMatches(url.host(), domain);
    return domainFits && pathMatches(url.path(), path) && (!secure || url.secure());
  }

  static boolean domainMatches(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static boolean pathMatches(String requested, String path) {
    return requested.equals(path)
        || (requested.startsWith(path)
            && (path.endsWith("/") || requested.charAt(path.length()) == '/'));
  }

  /** Why a browser refuses it, coming from there (RFC 6265bis, sections 4.1.3 and 5.6). */
  Optional<String> refusal(BrowserUrl url) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.isEmpty() && value.isEmpty()) {
      return Optional.of("empty");
    }
    if (name.length() + value.length() > 4096) {
      return Optional.of("larger than 4096 bytes");
    }
    if ((name + value).chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      return Optional.of("control characters");
    }
    if (!hostOnly && (!domainMatches(url.host(), domain) || !domain.contains("."))) {
      return Optional.of("a foreign domain");
    }
    if (secure && !url.secure()) {
      return Optional.of("Secure from an insecure address");
    }
    if (sameSite.equals("none") && !secure) {
      return Optional.of("SameSite=None without Secure");
    }
    if ((lower.startsWith("__secure-") || lower.startsWith("__host-")) && !secure) {
      return Optional.of("a prefix without Secure");
    }
    if (lower.startsWith("__host-") && (!hostOnly || !path.equals("/"))) {
      return Optional.of("__Host- with a Domain or a Path");
    }
    return Optional.empty();
  }
}
