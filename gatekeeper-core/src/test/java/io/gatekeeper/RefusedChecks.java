package io.gatekeeper;

import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import java.net.URI;

/** What a check decides for each reason and kind of request, for tests of what gateways hear. */
public final class RefusedChecks {
  private static final Site SITE =
      Site.of(URI.create("https://app.example.com/base"), "/gatekeeper");
  private static final ReturnTarget TARGET = SITE.target("/base/page?x=1");

  private RefusedChecks() {}

  /** The decision, as a Gatekeeper that knows its provider makes it. */
  public static Decision.Respond of(Rejection reason, RequestKind kind) {
    return new Decision.Respond(response(reason, kind), reason);
  }

  private static Response response(Rejection reason, RequestKind kind) {
    if (reason.status() == 401) {
      return switch (kind) {
        case PROGRAM -> ProblemJson.of(reason, 401, SITE);
        case FRAME -> Answers.THROUGH_GATEWAY.frame(SITE, TARGET);
        case NAVIGATION ->
            Response.redirect(302, "https://idp.example.com/auth?state=s")
                .with("Set-Cookie", "login=1; HttpOnly");
      };
    }
    if (reason == Rejection.HOST_UNKNOWN && kind != RequestKind.PROGRAM) {
      return Response.redirect(302, SITE.url(TARGET));
    }
    return Answers.THROUGH_GATEWAY.refusal(reason, kind, SITE, TARGET);
  }
}
