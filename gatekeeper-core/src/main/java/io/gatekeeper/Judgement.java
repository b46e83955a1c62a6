package io.gatekeeper;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;

/** What comes of looking at a request, before anybody is asked. */
sealed interface Judgement {
  /** The request may go on. */
  record Affirmed(Decision.Proceed proceed) implements Judgement {}

  /** The request came for another host name; the browser is to come again under ours. */
  record Elsewhere(Site site, ReturnTarget target, SetCookie count) implements Judgement {}

  /** The request may go on, but the browser is to fetch a new token first. */
  record Due(String renew) implements Judgement {}

  /** The request needs a session and has none. */
  record Unauthenticated(
      Rejection reason, RequestKind kind, Site site, Cookies cookies, ReturnTarget target)
      implements Judgement {}

  /** The request may not go on, signed in or not. */
  record Refused(Rejection reason, String detail, RequestKind kind, Site site, ReturnTarget target)
      implements Judgement {}
}
