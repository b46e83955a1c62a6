package io.gatekeeper.testing;

import java.util.Locale;

/**
 * An address, taken apart without changing a byte of it.
 *
 * @param scheme http or https
 * @param authority host and port, as they stand
 * @param target path and query: what goes into the request line
 */
record BrowserUrl(String scheme, String authority, String target) {
  static BrowserUrl parse(String url) {
    int colon = url.indexOf("://");
    if (colon < 0) {
      throw new AssertionError("not an absolute URL: " + url);
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new AssertionError("no browser goes there: " + url);
    }
    String rest = url.substring(colon + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String target = rest.substring(end);
    int fragment = target.indexOf('#');
    String sent = fragment < 0 ? target : target.substring(0, fragment);
    return new BrowserUrl(scheme, rest.substring(0, end), sent.startsWith("/") ? sent : "/" + sent);
  }

  /** Where a {@code Location} leads from here (RFC 9110, section 10.2.2). */
  BrowserUrl resolve(String location) {
    if (location.startsWith("//")) {
      return parse(scheme + ":" + location);
    }
    if (location.startsWith("/")) {
      return parse(origin() + location);
    }
    return parse(location);
  }

  String origin() {
    return scheme + "://" + authority;
  }

  String host() {
    String host = authority;
    if (host.lastIndexOf(':') > host.lastIndexOf(']')) {
      host = host.substring(0, host.lastIndexOf(':'));
    }
    return host.toLowerCase(Locale.ROOT);
  }

  int port() {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']')
        ? Integer.parseInt(authority.substring(colon + 1))
        : scheme.equals("https") ? 443 : 80;
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Browsers trust loopback as they trust https (Secure Contexts, section 3.1). */
  boolean secure() {
    String host = host();
    return scheme.equals("https")
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return origin() + target;
  }
}
