package io.gatekeeper.servlet;

import io.gatekeeper.Decision;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a request with ours in place of the client's. */
final class GuardedHeaders {
  private final HttpServletRequest request;
  private final Decision.Proceed decision;

  GuardedHeaders(HttpServletRequest request, Decision.Proceed decision) {
    this.request = request;
    this.decision = decision;
  }

  /** Whether a header is ours, there or not; what the client sent under that name is gone. */
  boolean replaces(String name) {
    return decision.replaces(name);
  }

  /** The value of one that is ours; null where it isn't there. */
  @Nullable String value(String name) {
    if (name.equalsIgnoreCase("Cookie")) {
      return decision.cookie().isEmpty() ? null : decision.cookie();
    }
    for (Map.Entry<String, String> header : decision.identityHeaders().entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  Enumeration<String> names() {
    List<String> names = new ArrayList<>();
    Enumeration<String> sent = request.getHeaderNames();
    while (sent != null && sent.hasMoreElements()) {
      String name = sent.nextElement();
      if (!replaces(name)) {
        names.add(name);
      }
    }
    names.addAll(decision.identityHeaders().keySet());
    if (!decision.cookie().isEmpty()) {
      names.add("Cookie");
    }
    return Collections.enumeration(names);
  }

  /** The fields behind the body, where some applications look as well. */
  Map<String, String> trailers() {
    Map<String, String> left = new HashMap<>(request.getTrailerFields());
    left.keySet().removeIf(this::replaces);
    return left;
  }

  /** The container's cookies as far as they stand in our header too; null for none. */
  Cookie @Nullable [] cookies() {
    Cookie[] sent = decision.cookie().isEmpty() ? null : request.getCookies();
    if (sent == null) {
      return null;
    }
    List<Cookie> left = new ArrayList<>();
    for (Cookie cookie : sent) {
      if (holds(decision.cookie(), cookie.getName())) {
        left.add(cookie);
      }
    }
    return left.isEmpty() ? null : left.toArray(Cookie[]::new);
  }

  private static boolean holds(String header, String name) {
    for (int start = 0; start < header.length(); ) {
      int end = header.indexOf(';', start);
      end = end < 0 ? header.length() : end;
      if (isNamed(header, start, end, name)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isNamed(String header, int from, int to, String name) {
    int start = from;
    while (start < to && header.charAt(start) <= ' ') {
      start++;
    }
    int end = start + name.length();
    if (end > to || !header.startsWith(name, start)) {
      return false;
    }
    while (end < to && header.charAt(end) <= ' ') {
      end++;
    }
    return end == to || header.charAt(end) == '=';
  }
}
