package io.gatekeeper.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps cookies as a browser does (RFC 6265bis, section 5). Safe for use by many threads. */
final class CookieJar {
  /** As many as browsers keep for one domain. */
  private static final int LIMIT = 180;

  private final List<BrowserCookie> cookies = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Clock clock;
  private long created;

  CookieJar(Clock clock) {
    this.clock = clock;
  }

  synchronized void store(BrowserUrl url, String setCookie) {
    BrowserCookie cookie = parse(url, setCookie);
    Optional<String> refusal = cookie.refusal(url);
    if (refusal.isPresent()) {
      refused.add(cookie.name() + ": " + refusal.get());
      return;
    }
    cookies.removeIf(kept -> kept.sameAs(cookie) || kept.over(clock.instant()));
    if (!cookie.over(clock.instant())) {
      cookies.add(cookie);
    }
    List<BrowserCookie> ofDomain =
        cookies.stream().filter(kept -> kept.domain().equals(cookie.domain())).toList();
    if (ofDomain.size() > LIMIT) {
      cookies.remove(ofDomain.get(0));
    }
  }

  /** The value of {@code Cookie}, empty when none goes there. */
  synchronized String header(BrowserUrl url, boolean crossSite, boolean topLevelGet) {
    return going(url).stream()
        .filter(
            cookie ->
                !crossSite
                    || cookie.sameSite().equals("none")
                    || (cookie.sameSite().equals("lax") && topLevelGet))
        .map(cookie -> cookie.name() + "=" + cookie.value())
        .collect(Collectors.joining("; "));
  }

  synchronized List<BrowserCookie> going(BrowserUrl url) {
    return cookies.stream()
        .filter(cookie -> !cookie.over(clock.instant()) && cookie.goesTo(url))
        .sorted(
            Comparator.comparingInt((BrowserCookie cookie) -> -cookie.path().length())
                .thenComparingLong(BrowserCookie::created))
        .toList();
  }

  synchronized List<BrowserCookie> all() {
    return cookies.stream().filter(cookie -> !cookie.over(clock.instant())).toList();
  }

  synchronized List<String> refused() {
    return List.copyOf(refused);
  }

  synchronized void remove(String name) {
    cookies.removeIf(cookie -> cookie.name().equals(name));
  }

  synchronized void clear() {
    cookies.clear();
  }

  private BrowserCookie parse(BrowserUrl url, String setCookie) {
    List<String> parts = List.of(setCookie.split(";", -1));
    Map<String, String> attributes = new HashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      String[] pair = split(part);
      if (pair[1].length() <= 1024) {
        attributes.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
      }
    }
    String pair = parts.get(0);
    String name = pair.contains("=") ? split(pair)[0] : "";
    String value = pair.contains("=") ? split(pair)[1] : pair.strip();
    String domain = attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT);
    String plain = domain.startsWith(".") ? domain.substring(1) : domain;
    String path = attributes.getOrDefault("path", "");
    return new BrowserCookie(
        name,
        value,
        plain.isEmpty() ? url.host() : plain,
        plain.isEmpty(),
        path.startsWith("/") ? path : defaultPath(url),
        attributes.containsKey("secure"),
        attributes.containsKey("httponly"),
        attributes.getOrDefault("samesite", "lax").toLowerCase(Locale.ROOT),
        expiry(attributes),
        created++);
  }

  private Instant expiry(Map<String, String> attributes) {
    String maxAge = attributes.get("max-age");
    if (maxAge != null && maxAge.matches("-?[0-9]{1,10}")) {
      return clock.instant().plusSeconds(Long.parseLong(maxAge));
    }
    String expires = attributes.get("expires");
    try {
      return expires == null
          ? null
          : ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String defaultPath(BrowserUrl url) {
    int slash = url.path().lastIndexOf('/');
    return slash <= 0 ? "/" : url.path().substring(0, slash);
  }

  private static String[] split(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0
        ? new String[] {pair.strip(), ""}
        : new String[] {pair.substring(0, equals).strip(), pair.substring(equals + 1).strip()};
  }
}
