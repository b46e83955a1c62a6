package io.gatekeeper.servlet;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a request that goes on. It stays with the request through all dispatches,
 * as an attribute: no client can set one, and nobody else can make this one.
 */
final class Affirmed {
  private static final String ATTRIBUTE = Affirmed.class.getName();

  private final Gatekeeper gatekeeper;
  private final ServletRequestView view;
  private volatile Decision.Proceed decision;

  Affirmed(Gatekeeper gatekeeper, ServletRequestView view, Decision.Proceed decision) {
    this.gatekeeper = gatekeeper;
    this.view = view;
    this.decision = decision;
  }

  /** What was decided about this request in its application; null where nothing was. */
  static @Nullable Affirmed of(ServletRequest request) {
    return request.getAttribute(name(request)) instanceof Affirmed affirmed ? affirmed : null;
  }

  void keep(ServletRequest request) {
    request.setAttribute(name(request), this);
  }

  /** A request that goes from one application to another is each one's own to judge. */
  private static String name(ServletRequest request) {
    ServletContext context = request.getServletContext();
    return context == null ? ATTRIBUTE : ATTRIBUTE + context.getContextPath();
  }

  boolean isBy(Gatekeeper other) {
    return gatekeeper.equals(other);
  }

  Decision.Proceed decision() {
    return decision;
  }

  @Nullable Identity identity() {
    return decision.who();
  }

  CompletionStage<Response> askToSignIn() {
    return gatekeeper.challenge(view);
  }

  /** Nobody is signed in from here on, and the browser is told so, in an answer that none keeps. */
  void signOut(HttpServletResponse response) {
    for (Response.Header cookie : gatekeeper.signOut(view)) {
      response.addHeader(cookie.name(), cookie.value());
    }
    response.setHeader("Cache-Control", "no-store");
    Map<String, String> headers = new LinkedHashMap<>(decision.identityHeaders());
    headers.replaceAll((name, value) -> "");
    decision = new Decision.Proceed(null, null, headers, decision.cookie());
  }
}
