package io.gatekeeper;

import io.gatekeeper.access.AccessRules;
import io.gatekeeper.access.Admission;
import io.gatekeeper.access.IdentityHeaders;
import io.gatekeeper.access.Verdict;
import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Printable;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.RequestPath;
import io.gatekeeper.http.RequestTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.http.Sites;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.login.Renewals;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens.Verification;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request: host, path, rules, session. On the caller's thread, without I/O and without a
 * lock. Safe for use by many threads.
 */
final class Guard {
  /** How much of a host name is shown to an operator, in characters. */
  private static final int LONGEST_HOST = 100;

  private final Sites sites;
  private final AccessRules rules;
  private final Admission admission;
  private final IdentityHeaders identityHeaders;
  private final CookieNames cookieNames;
  private final SessionCookies sessionCookies;
  private final Renewals renewals;
  private final boolean allowPreflight;

  Guard(
      Sites sites,
      AccessRules rules,
      Admission admission,
      IdentityHeaders identityHeaders,
      CookieNames cookieNames,
      SessionCookies sessionCookies,
      Renewals renewals,
      boolean allowPreflight) {
    this.sites = sites;
    this.rules = rules;
    this.admission = admission;
    this.identityHeaders = identityHeaders;
    this.cookieNames = cookieNames;
    this.sessionCookies = sessionCookies;
    this.renewals = renewals;
    this.allowPreflight = allowPreflight;
  }

  /**
   * Judges a request that is not for an own endpoint.
   *
   * @param throughGateway whether a gateway asks: it can overwrite exact header names only, so an
   *     alias of an identity header is refused
   */
  Judgement judge(GatekeeperRequest request, boolean throughGateway) {
    if (throughGateway && request.headerNames().stream().anyMatch(identityHeaders::isAlias)) {
      return refused(request, Rejection.IDENTITY_HEADER_ALIAS, "");
    }
    if (request.method().equals("TRACE") || request.method().equals("CONNECT")) {
      return refused(request, Rejection.METHOD_NOT_ALLOWED, "no application answers these");
    }
    Optional<RequestPath> path = RequestPath.parse(RequestTarget.of(request.target()).path());
    if (path.isEmpty()) {
      return refused(request, Rejection.PATH_INVALID, "");
    }
    Optional<Site> site = sites.find(request.host());
    if (site.isEmpty()) {
      return elsewhere(request);
    }
    Verdict verdict = rules.judge(path.get(), request.method(), request.host());
    Cookies cookies = Cookies.parse(request.headers("Cookie"));
    return switch (verdict.kind()) {
      case OUTSIDE -> refused(request, Rejection.PATH_OUTSIDE, "");
      case AMBIGUOUS -> refused(request, Rejection.PATH_AMBIGUOUS, "");
      case DENY, SESSION, PUBLIC -> {
        boolean denied = verdict.kind() == Verdict.Kind.DENY;
        if (allowPreflight && !denied && RequestKind.isPreflight(request)) {
          yield affirmed(null, null, cookies);
        }
        yield judge(request, verdict, cookies, site.get());
      }
    };
  }

  private Judgement judge(GatekeeperRequest request, Verdict verdict, Cookies cookies, Site site) {
    if (verdict.kind() == Verdict.Kind.DENY) {
      return refused(request, Rejection.FORBIDDEN, "the rules let nobody go there");
    }
    Verification session = sessionCookies.find(cookies);
    if (session instanceof Verification.Valid valid) {
      return judge(request, verdict, cookies, site, valid.session());
    }
    if (verdict.kind() == Verdict.Kind.PUBLIC) {
      return affirmed(null, null, cookies);
    }
    Rejection reason = ((Verification.Refused) session).reason();
    RequestKind kind = verdict.programsOnly() ? RequestKind.PROGRAM : RequestKind.of(request);
    return new Judgement.Unauthenticated(
        reason, kind, site, cookies, site.target(request.target()));
  }

  private Judgement judge(
      GatekeeperRequest request, Verdict verdict, Cookies cookies, Site site, Session session) {
    Identity identity = session.identity();
    boolean admitted = admission.admits(identity);
    if (verdict.kind() == Verdict.Kind.PUBLIC) {
      return admitted ? affirmed(identity, session.id(), cookies) : affirmed(null, null, cookies);
    }
    if (!admitted) {
      return refused(request, Rejection.NOT_ALLOWED, "none of the settings under allow fits");
    }
    // Before the rules: by now the provider may know groups that open the page, or others.
    boolean due = renewals.isDue(session) && !verdict.programsOnly();
    Optional<String> renewal = due ? renewal(request, site) : Optional.empty();
    if (renewal.isPresent()) {
      return new Judgement.Due(renewal.get());
    }
    return verdict.admits(identity)
        ? affirmed(identity, session.id(), cookies)
        : refused(request, Rejection.FORBIDDEN, "");
  }

  private static Optional<String> renewal(GatekeeperRequest request, Site site) {
    return RequestKind.isSurelyNavigation(request)
        ? Detour.over("renew", site, site.target(request.target()))
        : Optional.empty();
  }

  /**
   * The way to renew for a request that a check sent there a moment ago: another tab may have been
   * there since, with the same token.
   */
  Optional<String> renewal(GatekeeperRequest request) {
    return sessionCookies
        .find(Cookies.parse(request.headers("Cookie")))
        .valid()
        .filter(renewals::isPast)
        .flatMap(session -> renewal(request, site(request)));
  }

  private Judgement affirmed(
      @Nullable Identity identity, @Nullable String session, Cookies cookies) {
    return new Judgement.Affirmed(
        new Decision.Proceed(
            identity, session, identityHeaders.of(identity), cookies.without(cookieNames::isOurs)));
  }

  private Judgement elsewhere(GatekeeperRequest request) {
    Site external = sites.external();
    return Optional.of(Cookies.parse(request.headers("Cookie")))
        .filter(cookies -> RequestKind.of(request) != RequestKind.PROGRAM)
        .flatMap(cookies -> Moves.next(cookies, cookieNames))
        .<Judgement>map(
            count -> new Judgement.Elsewhere(external, external.target(request.target()), count))
        .orElseGet(
            () ->
                refused(
                    request,
                    Rejection.HOST_UNKNOWN,
                    "Host is %s, external-url is %s (see also additional-hosts)"
                        .formatted(
                            Printable.line(String.valueOf(request.host()), LONGEST_HOST),
                            external.url())));
  }

  private Judgement refused(GatekeeperRequest request, Rejection reason, String detail) {
    Site site = site(request);
    return new Judgement.Refused(
        reason, detail, RequestKind.of(request), site, site.target(request.target()));
  }

  /** Whether a request is for a host of ours. */
  boolean knowsHost(GatekeeperRequest request) {
    return sites.find(request.host()).isPresent();
  }

  /** The site that a request is for; the external URL's where its host is none of ours. */
  Site site(GatekeeperRequest request) {
    return sites.find(request.host()).orElseGet(sites::external);
  }

  /** A request as one that has to sign in, whatever the rules say of its path. */
  Judgement.Unauthenticated unauthenticated(GatekeeperRequest request) {
    Site site = site(request);
    return new Judgement.Unauthenticated(
        Rejection.SESSION_MISSING,
        RequestKind.of(request),
        site,
        Cookies.parse(request.headers("Cookie")),
        site.target(request.target()));
  }

  /** An own endpoint's own business: no identity, and its cookies whole. */
  Decision.Proceed untouched(GatekeeperRequest request) {
    return new Decision.Proceed(
        null, null, identityHeaders.of(null), String.join("; ", request.headers("Cookie")));
  }
}
