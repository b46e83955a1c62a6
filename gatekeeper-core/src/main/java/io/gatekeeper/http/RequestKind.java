package io.gatekeeper.http;

import java.util.List;
import java.util.Set;

/** What sends a request: somebody who goes to a page, or a program. */
public enum RequestKind {
  /** A browser goes to a page, or nothing speaks against it. */
  NAVIGATION,
  /** A browser goes to a page inside of another one, where no provider shows its login. */
  FRAME,
  /** Everything else: a script's fetch, an API's client, a prefetch, a WebSocket. */
  PROGRAM;

  private static final Set<String> FRAMES =
      Set.of("iframe", "frame", "embed", "object", "fencedframe");
  private static final List<String> PREFETCHES = List.of("Sec-Purpose", "Purpose", "X-Moz");

  /**
   * Judges by evidence; a header that is not there is none, since some gateways pass few of them.
   *
   * <p>Specification: W3C Fetch Metadata Request Headers; RFC 9110, sections 7.8 (Upgrade) and
   * 12.5.1 (Accept); RFC 6455, section 4.1 (a WebSocket's handshake).
   *
   * @param request the request
   * @return its kind
   */
  public static RequestKind of(GatekeeperRequest request) {
    String method = request.method();
    if (!(method.equals("GET") || method.equals("HEAD")) || isFetch(request)) {
      return PROGRAM;
    }
    String destination = request.header("Sec-Fetch-Dest");
    return destination != null && FRAMES.contains(destination) ? FRAME : NAVIGATION;
  }

  private static boolean isFetch(GatekeeperRequest request) {
    String mode = request.header("Sec-Fetch-Mode");
    return (mode != null && !mode.equals("navigate"))
        || request.header("X-Requested-With") != null
        || request.header("Upgrade") != null
        // A gateway's check has lost the hop-by-hop Upgrade; the handshake's own headers stay.
        || request.header("Sec-WebSocket-Key") != null
        || !acceptsPages(request.headers("Accept"))
        || isPrefetch(request);
  }

  private static boolean acceptsPages(List<String> accept) {
    boolean pages = accept.isEmpty();
    for (String line : accept) {
      pages |= contains(line, "text/html") || contains(line, "application/xhtml+xml");
    }
    return pages;
  }

  private static boolean isPrefetch(GatekeeperRequest request) {
    for (String name : PREFETCHES) {
      String purpose = request.header(name);
      if (purpose != null && contains(purpose, "prefetch")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a request shows that it goes to a page, beyond showing nothing else: it may be sent
   * over another page and back without harm.
   *
   * @param request the request
   * @return true for a navigation by GET that {@code Sec-Fetch-Mode} or {@code Accept} tells
   */
  public static boolean isSurelyNavigation(GatekeeperRequest request) {
    return request.method().equals("GET")
        && of(request) == NAVIGATION
        && (request.header("Sec-Fetch-Mode") != null || !request.headers("Accept").isEmpty());
  }

  /**
   * Whether a browser says that it loads a page at the top: one that runs scripts, as all do that
   * say so. Which fragment its address has, it says to nobody but those.
   *
   * <p>Specification: W3C Fetch Metadata Request Headers, section 2.1.
   *
   * @param request the request
   * @return true for a navigation by GET with {@code Sec-Fetch-Dest: document}
   */
  public static boolean isDocument(GatekeeperRequest request) {
    return request.method().equals("GET")
        && "document".equals(request.header("Sec-Fetch-Dest"))
        && of(request) == NAVIGATION;
  }

  /**
   * Whether a browser asks, before a request across origins, if it may be sent (Fetch, section
   * 4.8).
   *
   * @param request the request
   * @return true if its method and both headers say so
   */
  public static boolean isPreflight(GatekeeperRequest request) {
    return request.method().equals("OPTIONS")
        && request.header("Origin") != null
        && request.header("Access-Control-Request-Method") != null;
  }

  private static boolean contains(String text, String part) {
    for (int i = 0; i <= text.length() - part.length(); i++) {
      if (text.regionMatches(true, i, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }
}
