package io.gatekeeper.examples.kubeflow;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The provider's login page. The authorization request that led to it travels in its query, so that
 * any number of tabs can stand at it.
 */
final class LoginPage {
  private static final String FAILED = "failed&";
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final URI site;
  private final Template page = Template.of("login.html");
  private final String css = Template.text("login.css");

  /**
   * A login page.
   *
   * @param site where to go after a login that nobody asked for
   */
  LoginPage(URI site) {
    this.site = site;
  }

  ServerResponse show(ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    CsrfToken token = (CsrfToken) servlet.getAttribute(CsrfToken.class.getName());
    String query = Objects.requireNonNullElse(servlet.getQueryString(), "");
    String html =
        page.with("query", query.startsWith(FAILED) ? query.substring(FAILED.length()) : query)
            .with("token", token.getToken())
            .with("message", query.startsWith(FAILED) ? "Wrong email address or password." : "")
            .html();
    return ServerResponse.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .header("Content-Security-Policy", POLICY)
        .body(html);
  }

  ServerResponse style(ServerRequest request) {
    return ServerResponse.ok().contentType(new MediaType("text", "css")).body(css);
  }

  /** Asks a person to sign in; what is not an authorization request is refused as it is. */
  void begin(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    if (request.getServletPath().equals("/auth")) {
      redirect(response, "/login?", request);
    } else {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** Goes on with the authorization request; a login that nobody asked for leads to the site. */
  void succeed(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    if (request.getQueryString() == null) {
      response.sendRedirect(site + "/");
    } else {
      redirect(response, "/auth?", request);
    }
  }

  void fail(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    redirect(response, "/login?" + FAILED, request);
  }

  /** A form from before a login in another tab has a token that is no longer good. */
  void deny(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
      throws IOException {
    if (request.getServletPath().equals("/login")) {
      redirect(response, "/auth?", request);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private void redirect(HttpServletResponse response, String to, HttpServletRequest request)
      throws IOException {
    String query = Objects.requireNonNullElse(request.getQueryString(), "");
    response.sendRedirect(site + "/dex" + to + query);
  }
}
