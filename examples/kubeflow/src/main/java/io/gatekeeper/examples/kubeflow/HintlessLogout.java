package io.gatekeeper.examples.kubeflow;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;

/**
 * A sign-out without an ID token, which comes from who has no session any more: a second tab, or
 * one from before a restart. Spring refuses it; here it ends what there is to end.
 *
 * <p>Specification: OpenID Connect RP-Initiated Logout 1.0, section 2, makes the hint optional. In
 * place of asking the person, only what comes from another site is refused.
 */
final class HintlessLogout implements AuthenticationFailureHandler {
  private final Set<String> landings;

  HintlessLogout(Set<String> landings) {
    this.landings = Set.copyOf(landings);
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    boolean foreign = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    String landing = request.getParameter("post_logout_redirect_uri");
    boolean isKnown = landing != null && landings.contains(landing);
    if (foreign || !isKnown || request.getParameter("id_token_hint") != null) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    new SecurityContextLogoutHandler().logout(request, response, null);
    response.sendRedirect(landing);
  }
}
