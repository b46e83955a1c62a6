package io.gatekeeper.servlet;

import io.gatekeeper.http.GatekeeperRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container's request as Gatekeeper looks at it. What a dispatch may change is taken down at
 * once; headers and form are the container's.
 */
final class ServletRequestView implements GatekeeperRequest {
  /** Servlet 6.1 has names for these; before it, no container sets them. */
  private static final String ERROR_METHOD = "jakarta.servlet.error.method";

  private static final String ERROR_QUERY = "jakarta.servlet.error.query_string";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpServletRequest request;
  private final String method;
  private final String target;
  private final @Nullable String host;

  ServletRequestView(HttpServletRequest request) {
    this.request = request;
    boolean error = request.getDispatcherType() == DispatcherType.ERROR;
    this.method = or(error ? request.getAttribute(ERROR_METHOD) : null, request.getMethod());
    Object failed = error ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) : null;
    Object query = error ? request.getAttribute(ERROR_QUERY) : null;
    this.target =
        target(
            or(failed, request.getRequestURI()),
            query instanceof String text ? text : request.getQueryString());
    this.host = host(request);
  }

  private static String or(@Nullable Object attribute, String otherwise) {
    return attribute instanceof String text ? text : otherwise;
  }

  /** No path has a {@code ?} as it came; a container that decodes all the same may show one. */
  private static String target(String path, @Nullable String query) {
    String whole = path.replace("?", "%3F");
    return query == null ? whole : whole + '?' + query;
  }

  /** Over HTTP/2 some containers show the authority as the server's name alone. */
  private static @Nullable String host(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host != null) {
      return host;
    }
    String name = request.getServerName();
    int port = request.getServerPort();
    boolean usual = port <= 0 || port == (request.isSecure() ? 443 : 80);
    return name == null || usual ? name : name + ':' + port;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public @Nullable String host() {
    return host;
  }

  @Override
  public List<String> headers(String name) {
    return list(request.getHeaders(name));
  }

  @Override
  public Collection<String> headerNames() {
    return list(request.getHeaderNames());
  }

  private static List<String> list(@Nullable Enumeration<String> values) {
    return values == null || !values.hasMoreElements() ? List.of() : Collections.list(values);
  }

  @Override
  public Optional<String> form() {
    if (!isForm(request.getContentType())) {
      return Optional.empty();
    }
    try {
      byte[] body = request.getInputStream().readNBytes(FORM_LIMIT + 1);
      return body.length == 0 || body.length > FORM_LIMIT
          ? Optional.empty()
          : Optional.of(new String(body, StandardCharsets.ISO_8859_1));
    } catch (IOException | IllegalStateException e) {
      // The client went away, or somebody took the reader: there is no form for us.
      // A container may keep what it threw, to show it to the client with all of its stack.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      return Optional.empty();
    }
  }

  private static boolean isForm(@Nullable String type) {
    return type != null
        && type.regionMatches(true, 0, FORM, 0, FORM.length())
        && (type.length() == FORM.length() || " \t;".indexOf(type.charAt(FORM.length())) >= 0);
  }
}
