package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import java.util.Optional;

/**
 * Keeps the fragment of a page first asked for. No browser sends it, but each inherits it over
 * redirects that have none of their own (RFC 9110, section 10.2.2); so a browser is sent to {@code
 * login}, where a script can read it, and only from there to the provider. Immutable.
 *
 * @param kept whether they are kept at all
 */
record Fragments(boolean kept) {
  /** Whether the browser that asks may have a fragment, and can run the script that tells it. */
  boolean mayCome(GatekeeperRequest request, Site site) {
    // A policy's source can't be an IPv6 address (CSP Level 3, section 2.3.1).
    return kept && RequestKind.isDocument(request) && !site.authority().startsWith("[");
  }

  /** The way to {@code login}, where one that needs to sign in has to go there first. */
  Optional<Response> first(GatekeeperRequest request, Judgement.Unauthenticated someone) {
    if (someone.kind() != RequestKind.NAVIGATION || !mayCome(request, someone.site())) {
      return Optional.empty();
    }
    return Detour.over("login", someone.site(), someone.target())
        .map(login -> Response.redirect(302, login));
  }

  /** A redirect to the provider as a page, on which the script runs; any other answer as it is. */
  static Response stop(Response answer, Judgement.Unauthenticated someone) {
    if (answer.status() != 302) {
      return answer;
    }
    Response page =
        Pages.login(someone.site(), someone.target(), answer.header("Location").orElseThrow());
    for (Response.Header header : answer.headers()) {
      page = header.name().equals("Set-Cookie") ? page.with(header.name(), header.value()) : page;
    }
    return page;
  }
}
