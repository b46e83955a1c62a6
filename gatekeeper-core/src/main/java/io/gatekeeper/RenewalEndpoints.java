package io.gatekeeper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.access.Admission;
import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.RequestTarget;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.login.RenewalOutcome;
import io.gatekeeper.login.Renewals;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens.Verification;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The two endpoints that renew sessions: {@code renew}, over which navigations are sent, and {@code
 * session}, which scripts ask. Whoever waits for the provider holds no thread. Safe for use by many
 * threads.
 */
final class RenewalEndpoints {
  /** Says which token a browser had when the provider didn't take its refresh token. */
  private static final String LOST = "lost";

  private final Renewals renewals;
  private final SessionCookies sessionCookies;
  private final Admission admission;
  private final GatekeeperListener listener;

  RenewalEndpoints(
      Renewals renewals,
      SessionCookies sessionCookies,
      Admission admission,
      GatekeeperListener listener) {
    this.renewals = renewals;
    this.sessionCookies = sessionCookies;
    this.admission = admission;
    this.listener = listener;
  }

  /** Goes to the target in any case: whoever has no session there is told so there. */
  CompletionStage<Response> renew(GatekeeperRequest request, Site site) {
    RequestTarget asked = RequestTarget.of(request.target());
    ReturnTarget target = site.target(asked.parameter("return").orElse(null));
    Response back = Response.redirect(303, site.url(target));
    Cookies cookies = Cookies.parse(request.headers("Cookie"));
    Optional<Session> session =
        sessionCookies
            .find(cookies)
            .valid()
            .filter(renewals::isPast)
            .filter(known -> admission.admits(known.identity()));
    if (session.isEmpty()) {
      return CompletableFuture.completedFuture(back);
    }
    Again again = new Again(Detour.to("renew", site, target) + "&", session.get(), asked);
    return renewals
        .renew(site, cookies, session.get())
        .thenApply(outcome -> onward(request, outcome, back, again));
  }

  private Response onward(
      GatekeeperRequest request, RenewalOutcome outcome, Response back, Again again) {
    if (outcome instanceof RenewalOutcome.Lost lost) {
      return lost(request, lost, again).orElseGet(() -> back.with(lost.cleared()));
    }
    return outcome instanceof RenewalOutcome.Renewed renewed ? back.with(renewed.cookies()) : back;
  }

  /**
   * A browser whose refresh token isn't taken comes back once, with the cookies that it has then:
   * another process may have used the token, and its answer have brought the next one.
   */
  private record Again(String url, String token, boolean isSecond) {
    Again(String endpoint, Session session, RequestTarget asked) {
      this(endpoint, token(session), asked.parameter(LOST).equals(Optional.of(token(session))));
    }

    /** No two tokens of one session are due at the same moment. */
    private static String token(Session session) {
      return Long.toString(session.due().orElseThrow().getEpochSecond());
    }

    Response redirect() {
      return Response.redirect(303, url + LOST + "=" + token);
    }
  }

  /** The way back, or nothing where the session is over for good. */
  private Optional<Response> lost(
      GatekeeperRequest request, RenewalOutcome.Lost lost, Again again) {
    if (!lost.certain() && !again.isSecond()) {
      return Optional.of(again.redirect());
    }
    listener.rejected(lost.reason(), request, "the session ends");
    return Optional.empty();
  }

  /** Who is signed in, for the scripts of a page. */
  CompletionStage<Response> session(GatekeeperRequest request, Site site) {
    Cookies cookies = Cookies.parse(request.headers("Cookie"));
    Verification found = sessionCookies.find(cookies);
    if (found instanceof Verification.Refused refused) {
      return CompletableFuture.completedFuture(nobody(request, site, refused.reason()));
    }
    Session session = ((Verification.Valid) found).session();
    if (!admission.admits(session.identity())) {
      listener.rejected(Rejection.NOT_ALLOWED, request, "");
      return CompletableFuture.completedFuture(ProblemJson.of(Rejection.NOT_ALLOWED, 403, site));
    }
    if (!renewals.isPast(session) || !request.method().equals("GET")) {
      return CompletableFuture.completedFuture(somebody(session));
    }
    Again again = new Again(site.own("session") + "?", session, RequestTarget.of(request.target()));
    return renewals
        .renew(site, cookies, session)
        .thenApply(outcome -> answer(request, site, outcome, again));
  }

  private Response answer(
      GatekeeperRequest request, Site site, RenewalOutcome outcome, Again again) {
    if (outcome instanceof RenewalOutcome.Lost lost) {
      return lost(request, lost, again)
          .orElseGet(() -> ProblemJson.of(lost.reason(), 401, site).with(lost.cleared()));
    }
    if (outcome instanceof RenewalOutcome.Over over) {
      return nobody(request, site, over.reason());
    }
    RenewalOutcome.Renewed renewed = (RenewalOutcome.Renewed) outcome;
    return somebody(renewed.session()).with(renewed.cookies());
  }

  private Response nobody(GatekeeperRequest request, Site site, Rejection reason) {
    listener.rejected(reason, request, "");
    return ProblemJson.of(reason, 401, site);
  }

  private static Response somebody(Session session) {
    return Response.of(200)
        .with("X-Content-Type-Options", "nosniff")
        .withBody("application/json", Json.text(describe(session)));
  }

  private static ObjectNode describe(Session session) {
    Identity identity = session.identity();
    ObjectNode json = Json.object();
    json.put("user", identity.user());
    json.put("name", identity.name());
    json.put("email", identity.email());
    json.put("email_verified", identity.emailVerified());
    json.put("preferred_username", identity.preferredUsername());
    identity.groups().forEach(json.putArray("groups")::add);
    identity.roles().forEach(json.putArray("roles")::add);
    json.put("sub", identity.subject());
    json.put("idp", identity.issuer());
    json.put("sid", session.id());
    json.put("started", session.started().getEpochSecond());
    json.put("exp", session.expires().getEpochSecond());
    json.put("end", session.end().getEpochSecond());
    json.put("due", session.due().map(Instant::getEpochSecond).orElse(null));
    return json;
  }
}
