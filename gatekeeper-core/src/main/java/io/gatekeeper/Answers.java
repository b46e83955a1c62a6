package io.gatekeeper;

import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;

/** How things are told: to people and to programs, in person and through a gateway. */
enum Answers {
  /** To the client itself: pages, and every status. */
  IN_PERSON {
    @Override
    Response refusal(Rejection reason, RequestKind kind, Site site, ReturnTarget target) {
      return inPerson(reason, "", kind, site, target);
    }

    @Override
    Response frame(Site site, ReturnTarget target) {
      return Pages.frame(site, target);
    }
  },

  /**
   * To a gateway, which understands only 302, 400, 401 and 403, and may keep a body's type from the
   * client: people are sent to an own endpoint's page, programs get the nearest status.
   */
  THROUGH_GATEWAY {
    @Override
    Response refusal(Rejection reason, RequestKind kind, Site site, ReturnTarget target) {
      if (kind == RequestKind.PROGRAM || reason.status() == 400) {
        boolean plain = reason.status() == 400 || reason.status() == 401;
        return ProblemJson.of(reason, plain ? reason.status() : 403, site);
      }
      return Response.redirect(
          302,
          "%s?code=%s&return=%s"
              .formatted(site.own("error"), reason.code(), Parameters.encode(target.value())));
    }

    @Override
    Response frame(Site site, ReturnTarget target) {
      return Response.redirect(302, Detour.to("login", site, target));
    }
  };

  private static final String RETRY_SECONDS = "5";

  /**
   * Says to the client itself why a request doesn't go on.
   *
   * @param shown a sentence more, which anybody may read; empty for none
   */
  static Response inPerson(
      Rejection reason, String shown, RequestKind kind, Site site, ReturnTarget target) {
    Response response =
        kind == RequestKind.PROGRAM
            ? ProblemJson.of(reason, shown, reason.status(), site)
            : Pages.error(reason, shown, reason.status(), site, target);
    return reason.status() == 503 ? response.with("Retry-After", RETRY_SECONDS) : response;
  }

  /** Says why a request doesn't go on. */
  abstract Response refusal(Rejection reason, RequestKind kind, Site site, ReturnTarget target);

  /** Says, inside a frame, that a sign-in is due. */
  abstract Response frame(Site site, ReturnTarget target);
}
