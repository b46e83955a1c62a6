package io.gatekeeper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;

/** What programs are told: {@code application/problem+json} (RFC 9457). Pure functions. */
final class ProblemJson {
  private ProblemJson() {}

  /** A problem; a 401 says how to sign in. */
  static Response of(Rejection rejection, int status, Site site) {
    return of(rejection, "", status, site);
  }

  /**
   * The same with a sentence more.
   *
   * @param shown the sentence; empty for none
   */
  static Response of(Rejection rejection, String shown, int status, Site site) {
    Explanation explanation = Explanation.of(rejection, site);
    ObjectNode problem = Json.object();
    problem.put("type", "about:blank");
    problem.put("status", status);
    problem.put("title", rejection.message());
    problem.put("code", rejection.code());
    String detail = (shown + " " + explanation.operator()).strip();
    if (!detail.isEmpty()) {
      problem.put("detail", detail);
    }
    Response response = Response.of(status).with("X-Content-Type-Options", "nosniff");
    if (status == 401) {
      problem.put("login_url", site.own("login"));
      response = response.with("WWW-Authenticate", "Bearer");
    }
    return response.withBody("application/problem+json", Json.text(problem));
  }
}
