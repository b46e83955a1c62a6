package io.gatekeeper;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.RequestTarget;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.login.BackChannelLogout;
import io.gatekeeper.login.LoginFlow;
import io.gatekeeper.login.LoginOutcome;
import io.gatekeeper.login.LogoutFlow;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The endpoints under the prefix, each under its exact path. Blocking where the provider is asked.
 * Safe for use by many threads.
 */
final class OwnEndpoints {
  private static final Set<String> NAMES =
      Set.of(
          "callback",
          "login",
          "logout",
          "logged-out",
          "backchannel-logout",
          "error",
          "session",
          "renew",
          Script.NAME);

  private final String path;

  /** Read at the start, since an event loop that asks for it must not wait for a file. */
  private final Response script = Script.response();

  private final Fragments fragments;
  private final Provider provider;
  private final LoginFlow loginFlow;
  private final LogoutFlow logoutFlow;
  private final BackChannelLogout backChannelLogout;
  private final SessionCookies sessionCookies;
  private final RenewalEndpoints renewal;
  private final GatekeeperListener listener;

  OwnEndpoints(
      String ownPath,
      Fragments fragments,
      Provider provider,
      LoginFlow loginFlow,
      LogoutFlow logoutFlow,
      BackChannelLogout backChannelLogout,
      SessionCookies sessionCookies,
      RenewalEndpoints renewal,
      GatekeeperListener listener) {
    this.path = ownPath + "/";
    this.fragments = fragments;
    this.provider = provider;
    this.loginFlow = loginFlow;
    this.logoutFlow = logoutFlow;
    this.backChannelLogout = backChannelLogout;
    this.sessionCookies = sessionCookies;
    this.renewal = renewal;
    this.listener = listener;
  }

  /** Whether a target's path is an own endpoint's, to the letter. Asked about every request. */
  boolean owns(String target) {
    return target.startsWith(path)
        && NAMES.contains(RequestTarget.of(target).path().substring(path.length()));
  }

  /** Whether a request renews a session: the provider may be asked, and then no thread waits. */
  boolean renews(GatekeeperRequest request) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return reads && Set.of("renew", "session").contains(name(request));
  }

  /** Answers a request that renews a session. */
  CompletionStage<Response> renew(GatekeeperRequest request, Site site) {
    return name(request).equals("renew")
        ? renewal.renew(request, site)
        : renewal.session(request, site);
  }

  private String name(GatekeeperRequest request) {
    return RequestTarget.of(request.target()).path().substring(path.length());
  }

  /** Whether the answer to another request may have to wait for the provider, on a thread. */
  boolean mayWait(GatekeeperRequest request) {
    return switch (name(request)) {
      case "callback" -> request.method().equals("GET");
      case "backchannel-logout" -> request.method().equals("POST");
      case "login" -> provider.known().isEmpty();
      default -> false;
    };
  }

  /** Answers a request to an own endpoint. */
  Response serve(GatekeeperRequest request, Site site) {
    RequestTarget target = RequestTarget.of(request.target());
    String query = target.query() == null ? "" : target.query();
    Cookies cookies = Cookies.parse(request.headers("Cookie"));
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    return switch (method + " " + target.path().substring(path.length())) {
      case "GET callback" ->
          // A code is redeemed for who asks for the answer, not for who looks whether there is one.
          request.method().equals("HEAD")
              ? refused(request, site, Rejection.METHOD_NOT_ALLOWED, "", site.home())
              : callback(request, site, cookies, query);
      case "GET login" ->
          loginOnPurpose(
              request,
              new Judgement.Unauthenticated(
                  Rejection.SESSION_MISSING,
                  RequestKind.of(request),
                  site,
                  cookies,
                  site.place(target.parameter("return").orElse(null))));
      case "GET " + Script.NAME -> script;
      case "GET logout" -> logoutPage(site, cookies);
      case "POST logout" -> logout(request, site, cookies);
      case "POST backchannel-logout" -> backChannelLogout(request);
      case "GET logged-out" -> Pages.loggedOut(site);
      case "GET error" -> error(site, target);
      default -> refused(request, site, Rejection.METHOD_NOT_ALLOWED, "", site.home());
    };
  }

  private Response callback(GatekeeperRequest request, Site site, Cookies cookies, String query) {
    LoginOutcome outcome = loginFlow.complete(site, cookies, query);
    if (outcome instanceof LoginOutcome.Rejected rejected) {
      listener.rejected(rejected.rejection(), request, rejected.detail());
      return Answers.inPerson(
              rejected.rejection(),
              rejected.shown(),
              RequestKind.of(request),
              site,
              rejected.target())
          .with(rejected.cleared());
    }
    LoginOutcome.Redirect redirect = (LoginOutcome.Redirect) outcome;
    if (redirect.signedIn() != null) {
      listener.signedIn(redirect.signedIn());
    }
    return redirect.response();
  }

  private Response loginOnPurpose(GatekeeperRequest request, Judgement.Unauthenticated someone) {
    Response begun = login(request, someone);
    return fragments.mayCome(request, someone.site()) ? Fragments.stop(begun, someone) : begun;
  }

  /** Begins a login, as a request to a page does, but waits for the provider's metadata. */
  Response login(GatekeeperRequest request, Judgement.Unauthenticated someone) {
    Site site = someone.site();
    if (someone.kind() == RequestKind.PROGRAM) {
      listener.rejected(someone.reason(), request, "");
      return ProblemJson.of(someone.reason(), 401, site);
    }
    if (someone.kind() == RequestKind.FRAME) {
      return Answers.IN_PERSON.frame(site, someone.target());
    }
    try {
      return loginFlow.begin(provider.metadata(), site, someone.cookies(), someone.target());
    } catch (ProviderException e) {
      return refused(request, site, e.rejection(), e.detail(), someone.target());
    }
  }

  private Response logoutPage(Site site, Cookies cookies) {
    Optional<Session> session = find(cookies);
    return Pages.logout(
        site,
        session.map(Session::identity).orElse(null),
        session.map(logoutFlow::formToken).orElse(""));
  }

  private Response logout(GatekeeperRequest request, Site site, Cookies cookies) {
    Optional<Session> session = find(cookies);
    if (!logoutFlow.isOurs(request, site, session.orElse(null))) {
      return refused(request, site, Rejection.LOGOUT_FORGED, "", site.home());
    }
    String next = logoutFlow.afterLogout(site, cookies, session.orElse(null));
    session.ifPresent(ended -> listener.signedOut(ended.identity()));
    Response answer =
        asksForJson(request)
            ? Response.of(200)
                .withBody("application/json", Json.text(Json.object().put("afterLogoutURL", next)))
            : Response.redirect(303, next);
    return logoutFlow.signOut(answer, site, cookies);
  }

  /** OpenID Connect Back-Channel Logout 1.0, section 2.8: 200, or 400 whatever the fault. */
  private Response backChannelLogout(GatekeeperRequest request) {
    try {
      listener.signedOutByProvider(backChannelLogout.run(request));
      return Response.of(200);
    } catch (ProviderException e) {
      listener.rejected(e.rejection(), request, e.detail());
      return Response.of(400)
          .with("X-Content-Type-Options", "nosniff")
          .withBody(
              "application/json",
              Json.text(
                  Json.object()
                      .put("error", "invalid_request")
                      .put("error_description", e.rejection().message())));
    }
  }

  /** The cookies that end a session whose application says so itself. */
  List<Response.Header> signOut(GatekeeperRequest request, Site site) {
    Cookies cookies = Cookies.parse(request.headers("Cookie"));
    find(cookies).ifPresent(ended -> listener.signedOut(ended.identity()));
    return logoutFlow.signOut(Response.of(200), site, cookies).headers().stream()
        .filter(header -> header.name().equals("Set-Cookie"))
        .toList();
  }

  private static boolean asksForJson(GatekeeperRequest request) {
    String accept = String.join(",", request.headers("Accept")).toLowerCase(Locale.ROOT);
    return accept.contains("application/json") && !accept.contains("text/html");
  }

  /** The page that a check sends people to, since it can't show one itself. */
  private static Response error(Site site, RequestTarget target) {
    String code = target.parameter("code").orElse("");
    for (Rejection rejection : Rejection.values()) {
      if (rejection.code().equals(code)) {
        return Pages.error(
            rejection,
            "",
            errorStatus(rejection),
            site,
            site.target(target.parameter("return").orElse(null)));
      }
    }
    return Pages.error(Rejection.ENDPOINT_UNKNOWN, "", 404, site, site.home());
  }

  /** Anybody can ask for this page, so it never looks like a fault of ours. */
  private static int errorStatus(Rejection rejection) {
    return rejection.status() < 500 ? rejection.status() : 403;
  }

  private Optional<Session> find(Cookies cookies) {
    return sessionCookies.find(cookies).valid();
  }

  private Response refused(
      GatekeeperRequest request, Site site, Rejection reason, String detail, ReturnTarget target) {
    listener.rejected(reason, request, detail);
    return Answers.IN_PERSON.refusal(reason, RequestKind.of(request), site, target);
  }
}
