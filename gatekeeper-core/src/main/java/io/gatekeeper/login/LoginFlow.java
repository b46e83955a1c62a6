package io.gatekeeper.login;

import io.gatekeeper.access.Admission;
import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.Printable;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.IdTokenVerifier;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.TokenEndpoint;
import io.gatekeeper.provider.UserinfoEndpoint;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTokens;
import io.gatekeeper.session.SessionTokens.Verification;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A login, from the redirect to the provider to the session. {@link #begin} never waits; {@link
 * #complete} is straight-line blocking code. Safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9207; RFC 9700.
 */
public final class LoginFlow {
  /** How long a login may take. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** After this many fresh starts a page says why, lest browser and provider play ball. */
  private static final int MOST_ATTEMPTS = 1;

  private static final Verification AMBIGUOUS =
      new Verification.Refused(Rejection.SESSION_AMBIGUOUS);

  /** How much of a provider's own words is shown to an operator, in characters. */
  private static final int LONGEST_SHOWN = 200;

  private final String clientId;
  private final Provider provider;
  private final SessionCookies sessionCookies;
  private final Revocations revocations;
  private final LoginCookies loginCookies;
  private final ProviderCookie providerCookie;
  private final LoginStates states;
  private final AuthorizationRequests requests;
  private final CodeExchange codeExchange;
  private final Exchanges exchanges = new Exchanges();
  private final Clock clock;

  /**
   * What a login asks the provider for, and whom it lets in.
   *
   * @param clientId the client
   * @param scopes the scopes, {@code openid} among them
   * @param mapping which claims make up an identity
   * @param admission who may have a session at all
   * @param kept what a session keeps of an identity
   * @param revalidate how long the provider's word counts before it is asked again
   */
  public record Settings(
      String clientId,
      List<String> scopes,
      ClaimsMapping mapping,
      Admission admission,
      KeptClaims kept,
      Duration revalidate) {}

  /**
   * The provider and its endpoints.
   *
   * @param provider the provider
   * @param tokenEndpoint redeems codes
   * @param idTokenVerifier verifies ID tokens
   * @param userinfo asks for more claims; null for the ID token's alone
   */
  public record Endpoints(
      Provider provider,
      TokenEndpoint tokenEndpoint,
      IdTokenVerifier idTokenVerifier,
      @Nullable UserinfoEndpoint userinfo) {}

  /**
   * What makes and keeps sessions.
   *
   * @param keys the ring
   * @param names the names of the cookies
   * @param tokens makes session tokens
   * @param cookies sets session cookies
   * @param revocations the sessions that end before their time
   */
  public record Sessions(
      SessionKeys keys,
      CookieNames names,
      SessionTokens tokens,
      SessionCookies cookies,
      Revocations revocations) {}

  /**
   * A login flow.
   *
   * @param settings what is asked for
   * @param endpoints whom to ask
   * @param sessions what is made of it
   * @param random where identifiers and secrets come from
   * @param clock the time
   */
  public LoginFlow(
      Settings settings, Endpoints endpoints, Sessions sessions, SecureRandom random, Clock clock) {
    this.clientId = settings.clientId();
    this.provider = endpoints.provider();
    this.sessionCookies = sessions.cookies();
    this.revocations = sessions.revocations();
    this.loginCookies = new LoginCookies(sessions.names(), sessions.keys(), random);
    this.providerCookie = new ProviderCookie(sessions.names(), sessions.keys(), random);
    this.states = new LoginStates(sessions.keys());
    this.requests =
        new AuthorizationRequests(settings, states, loginCookies, sessionCookies, clock);
    this.codeExchange = new CodeExchange(settings, endpoints, sessions, random, clock);
    this.clock = clock;
  }

  /**
   * Begins a login.
   *
   * @param metadata the provider's metadata
   * @param site where the browser is
   * @param cookies the browser's cookies
   * @param target the page first asked for
   * @return the redirect to the provider, with the login cookie
   */
  public Response begin(
      ProviderMetadata metadata, Site site, Cookies cookies, ReturnTarget target) {
    return requests.begin(metadata, site, cookies, target, 0);
  }

  /**
   * Completes a login: judges the authorization response, and only where it belongs to a login of
   * this browser redeems its code.
   *
   * @param site where the browser is
   * @param cookies the browser's cookies
   * @param query the query of the callback
   * @return where the browser goes on, or why the login stops
   */
  public LoginOutcome complete(Site site, Cookies cookies, String query) {
    Optional<Parameters> parsed = Parameters.parse(query);
    if (parsed.isEmpty() || repeats(parsed.get())) {
      return rejected(Rejection.CALLBACK_INVALID, "parameters are repeated or broken", site.home());
    }
    Parameters response = parsed.get();
    Optional<String> stateParameter = response.single("state");
    if (stateParameter.isEmpty()) {
      return rejected(Rejection.STATE_MISSING, "", site.home());
    }
    Optional<LoginState> opened = states.open(stateParameter.get(), site);
    if (opened.isEmpty()) {
      return rejected(
          Rejection.STATE_INVALID, "none of our session-secrets sealed it as it is", site.home());
    }
    LoginState state = opened.get();
    ReturnTarget target = loginCookies.target(state, cookies, site);
    try {
      return complete(site, cookies, response, state, target);
    } catch (ProviderException e) {
      return new LoginOutcome.Rejected(e.rejection(), e.detail(), e.shown(), target, List.of());
    }
  }

  private static boolean repeats(Parameters response) {
    return List.of("state", "code", "error", "iss").stream().anyMatch(response::repeated);
  }

  private LoginOutcome complete(
      Site site, Cookies cookies, Parameters response, LoginState state, ReturnTarget target)
      throws ProviderException {
    Verification found = sessionCookies.find(cookies);
    if (found.equals(AMBIGUOUS)) {
      return ambiguous(target);
    }
    Optional<Session> session = found.valid();
    if (session.isPresent() && session.get().login().equals(state.id())) {
      return onTo(site, target);
    }
    if (!clock.instant().isBefore(state.begun().plus(LONGEST))) {
      return startOver(site, cookies, state, target, session, Rejection.STATE_STALE, "");
    }
    Optional<Browser> browser =
        loginCookies.began(state, cookies, clientId, site, provider.issuer());
    if (browser.isEmpty()) {
      boolean none = loginCookies.known(cookies).isEmpty();
      return startOver(
          site,
          cookies,
          state,
          target,
          session,
          none ? Rejection.COOKIES_REFUSED : Rejection.STATE_FOREIGN,
          none ? ", no login cookie came (external-url: %s)".formatted(site.url()) : "");
    }
    if (response.has("iss") && !response.single("iss").equals(Optional.of(provider.issuer()))) {
      return rejected(
          Rejection.CALLBACK_ISSUER, "iss is not " + provider.issuer() + " (RFC 9207)", target);
    }
    if (response.has("error")) {
      return declined(response, target);
    }
    Optional<String> code = response.single("code").filter(LoginFlow::isCode);
    if (code.isEmpty()) {
      return rejected(Rejection.CALLBACK_INVALID, "neither code nor error", target);
    }
    int rounds = loginCookies.roundsBefore(state, cookies);
    Begun login = new Begun(state, target, browser.get(), session, rounds);
    return rounds < Rounds.MOST
        ? redeem(site, cookies, login, response, code.get())
        : loop(site, cookies, login, found);
  }

  /** A login of this browser, about to be completed. */
  private record Begun(
      LoginState state,
      ReturnTarget target,
      Browser browser,
      Optional<Session> session,
      int rounds) {}

  /** One more session would be lost like those before. Trying again counts anew. */
  private LoginOutcome loop(Site site, Cookies cookies, Begun login, Verification found) {
    return new LoginOutcome.Rejected(
        LoginLoop.reason(found),
        "%s (external-url: %s)".formatted(LoginLoop.detail(found, login.rounds()), site.url()),
        LoginLoop.shown(found),
        login.target(),
        loginCookies.complete(login.browser(), login.state(), cookies, null));
  }

  private LoginOutcome redeem(
      Site site, Cookies cookies, Begun login, Parameters response, String code)
      throws ProviderException {
    ProviderMetadata metadata = provider.metadata();
    if (metadata.issuerInResponse() && !response.has("iss")) {
      return rejected(
          Rejection.CALLBACK_ISSUER, "iss is missing, though announced", login.target());
    }
    AtomicBoolean first = new AtomicBoolean();
    try {
      Exchanges.SignedIn signedIn =
          exchanges.once(
              login.state().id(),
              () -> {
                first.set(true);
                return codeExchange.run(metadata, site, login.state(), login.browser(), code);
              });
      return new LoginOutcome.Redirect(
          signedIn(site, cookies, login, signedIn),
          first.get() ? signedIn.session().identity() : null);
    } catch (ProviderException e) {
      if (e.rejection() == Rejection.CODE_REFUSED) {
        return startOver(
            site,
            cookies,
            login.state(),
            login.target(),
            login.session(),
            e.rejection(),
            ": %s (redirect URI: %s)".formatted(e.detail(), site.redirectUri()));
      }
      throw e;
    }
  }

  /** One more session would make it no clearer, and the browser would come back for ever. */
  private LoginOutcome ambiguous(ReturnTarget target) {
    return new LoginOutcome.Rejected(
        Rejection.SESSION_AMBIGUOUS,
        "several session cookies of one name; see cookie-domain",
        "",
        target,
        sessionCookies.clearAll());
  }

  /** With a session, on to the target; without one, a fresh login, once; then say why. */
  private LoginOutcome startOver(
      Site site,
      Cookies cookies,
      LoginState state,
      ReturnTarget target,
      Optional<Session> session,
      Rejection why,
      String detail)
      throws ProviderException {
    if (session.isPresent()) {
      return onTo(site, target);
    }
    if (state.attempts() >= MOST_ATTEMPTS) {
      return rejected(why, "after %d fresh starts%s".formatted(state.attempts(), detail), target);
    }
    return new LoginOutcome.Redirect(
        requests.begin(provider.metadata(), site, cookies, target, state.attempts() + 1), null);
  }

  private static LoginOutcome onTo(Site site, ReturnTarget target) {
    return new LoginOutcome.Redirect(Response.redirect(303, site.url(target)), null);
  }

  /** An error response (OpenID Connect Core 1.0, section 3.1.2.6), with or without a code. */
  private static LoginOutcome declined(Parameters response, ReturnTarget target) {
    String error = response.single("error").orElse("");
    return new LoginOutcome.Rejected(
        AuthorizationErrors.meaning(error),
        "the provider answered error=%s, error_description=%s"
            .formatted(
                Printable.line(error, LONGEST_SHOWN),
                Printable.line(response.single("error_description").orElse("none"), LONGEST_SHOWN)),
        AuthorizationErrors.shown(error),
        target,
        List.of());
  }

  /** RFC 6749, appendix A.11. */
  private static boolean isCode(String code) {
    return !code.isBlank() && code.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** The browser has room for one session: another user's must not live on in a copy. */
  private void endOfAnother(Session before, Session now) {
    boolean same =
        before.identity().issuer().equals(now.identity().issuer())
            && before.identity().subject().equals(now.identity().subject());
    if (!same) {
      revocations.revoke(new Revocation.OfSession(before.id(), before.end()));
    }
  }

  private Response signedIn(Site site, Cookies cookies, Begun login, Exchanges.SignedIn signedIn) {
    login.session().ifPresent(before -> endOfAnother(before, signedIn.session()));
    Session session = signedIn.session();
    Duration lasts = Remaining.until(session.expires(), clock);
    Duration whole = Remaining.until(session.end(), clock);
    return Response.redirect(303, site.url(login.target()))
        .with(sessionCookies.set(signedIn.token(), lasts))
        .with(List.of(providerCookie.set(site, signedIn.grant(), whole)))
        .with(
            loginCookies.complete(
                login.browser(),
                login.state(),
                cookies,
                new Rounds(login.rounds() + 1, clock.instant())));
  }

  private static LoginOutcome rejected(Rejection rejection, String detail, ReturnTarget target) {
    return new LoginOutcome.Rejected(rejection, detail, "", target, List.of());
  }
}
