package io.gatekeeper.servlet;

import io.gatekeeper.identity.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.PushBuilder;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that goes on, as the application sees it. */
final class GuardedRequest extends HttpServletRequestWrapper {
  private final HttpServletResponse response;
  private final Affirmed affirmed;

  GuardedRequest(HttpServletRequest request, HttpServletResponse response, Affirmed affirmed) {
    super(request);
    this.response = response;
    this.affirmed = affirmed;
  }

  /** What was decided about the guarded request that this one is, or wraps; null for none. */
  static @Nullable Affirmed affirmed(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (inner instanceof GuardedRequest guarded) {
        return guarded.affirmed;
      }
      inner = wrapper.getRequest();
    }
    return null;
  }

  /** A dispatch may have put another request under this one. */
  private HttpServletRequest container() {
    return (HttpServletRequest) getRequest();
  }

  private GuardedHeaders headers() {
    return new GuardedHeaders(container(), affirmed.decision());
  }

  @Override
  public @Nullable String getHeader(String name) {
    GuardedHeaders headers = headers();
    return headers.replaces(name) ? headers.value(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    GuardedHeaders headers = headers();
    if (!headers.replaces(name)) {
      return super.getHeaders(name);
    }
    String value = headers.value(name);
    return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return headers().names();
  }

  @Override
  public Map<String, String> getTrailerFields() {
    return headers().trailers();
  }

  @Override
  public long getDateHeader(String name) {
    GuardedHeaders headers = headers();
    if (!headers.replaces(name)) {
      return super.getDateHeader(name);
    }
    if (headers.value(name) == null) {
      return -1;
    }
    throw new IllegalArgumentException(name + " is no date");
  }

  @Override
  public int getIntHeader(String name) {
    GuardedHeaders headers = headers();
    if (!headers.replaces(name)) {
      return super.getIntHeader(name);
    }
    String value = headers.value(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    return headers().cookies();
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return affirmed.identity();
  }

  @Override
  public @Nullable String getRemoteUser() {
    Identity identity = affirmed.identity();
    return identity == null ? null : identity.user();
  }

  @Override
  public @Nullable String getAuthType() {
    return affirmed.identity() == null ? null : "OPENID";
  }

  /** Section 13.3: one asterisk is nobody's role, and two stand for whoever is signed in. */
  @Override
  public boolean isUserInRole(String role) {
    Identity identity = affirmed.identity();
    if (identity == null || role == null || role.equals("*")) {
      return false;
    }
    return role.equals("**") || identity.roles().contains(role);
  }

  @Override
  public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
    if (affirmed.identity() != null) {
      return true;
    }
    ResponseWriter.write(
        Waiting.await(affirmed.askToSignIn(), Waiting.LONGEST, getServletContext()),
        getMethod(),
        answer);
    return false;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException(
        "Users sign in at the provider, not with a password here: call authenticate(response)");
  }

  @Override
  public void logout() throws ServletException {
    if (affirmed.identity() == null) {
      return;
    }
    if (response.isCommitted()) {
      throw new ServletException(
          "The response is committed, so the browser can't be told that the session has ended:"
              + " call logout() before anything is written");
    }
    HttpSession session = getSession(false);
    affirmed.signOut(response);
    if (session != null) {
      end(session);
    }
  }

  private static void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // Another request ended it.
    }
  }

  private SessionBinding sessions() {
    return new SessionBinding(container(), affirmed.decision(), response.isCommitted());
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return sessions().find(create);
  }

  @Override
  public HttpSession getSession() {
    HttpSession session = getSession(true);
    if (session == null) {
      throw new IllegalStateException("the container made no session");
    }
    return session;
  }

  @Override
  public String changeSessionId() {
    if (getSession(false) == null) {
      throw new IllegalStateException("there is no session whose id could change");
    }
    return super.changeSessionId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    return super.isRequestedSessionIdValid()
        && getSession(false) != null
        && super.isRequestedSessionIdValid();
  }

  /** The container's own would hand its bare request to whoever takes it from the context. */
  @Override
  public AsyncContext startAsync() {
    return super.startAsync(this, response);
  }

  /** What a server pushes would go past the filter. */
  @Override
  @SuppressWarnings("deprecation") // Deprecated from Servlet 6.1 on.
  public @Nullable PushBuilder newPushBuilder() {
    return null;
  }
}
