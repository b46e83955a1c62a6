package io.gatekeeper.login;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.session.SessionCookies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sends browsers to the provider: what has to be remembered of a login is sealed into {@code
 * state}, and a target too long for that into a cookie. Never waits; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section 4.3.
 */
final class AuthorizationRequests {
  /** A target longer than this travels in a cookie. */
  private static final int LONG_TARGET = 300;

  private final String clientId;
  private final Scope scope;
  private final LoginStates states;
  private final LoginCookies loginCookies;
  private final SessionCookies sessionCookies;
  private final Clock clock;

  AuthorizationRequests(
      LoginFlow.Settings settings,
      LoginStates states,
      LoginCookies loginCookies,
      SessionCookies sessionCookies,
      Clock clock) {
    this.clientId = settings.clientId();
    this.scope = new Scope(settings.scopes().toArray(new String[0]));
    this.states = states;
    this.loginCookies = loginCookies;
    this.sessionCookies = sessionCookies;
    this.clock = clock;
  }

  /**
   * Sends a browser to the provider.
   *
   * @param attempts how many logins of this browser's went wrong just before
   */
  Response begin(
      ProviderMetadata metadata, Site site, Cookies cookies, ReturnTarget target, int attempts) {
    Optional<Browser> known = loginCookies.known(cookies);
    Browser browser = known.orElseGet(loginCookies::meet);
    Instant now = clock.instant();
    // Who has a session and signs in again does so on purpose.
    Optional<Rounds> rounds =
        loginCookies
            .rounds(cookies, browser)
            .filter(count -> count.isRecent(now))
            .filter(count -> sessionCookies.find(cookies).valid().isEmpty());
    String id = LoginStates.id(loginCookies.salt());
    Optional<SetCookie> kept = Optional.empty();
    int slot = 0;
    if (target.value().length() > LONG_TARGET) {
      slot = loginCookies.slot(cookies, target);
      kept = loginCookies.keep(target, id, slot, LoginFlow.LONGEST);
    }
    LoginState state =
        new LoginState(
            id,
            states.key(),
            now,
            attempts,
            browser.id(),
            browser.binding(metadata.issuer(), clientId, site.redirectUri().toString()),
            slot == 0 ? target : shortened(target, site),
            kept.isPresent() ? slot : 0,
            rounds.map(Rounds::number).orElse(0));
    return Response.redirect(302, authorizationRequest(metadata, site, browser, state))
        .with(List.of(loginCookies.begin(browser, known.isPresent(), rounds.orElse(null))))
        .with(kept.stream().toList());
  }

  /** As much as fits: the page without the place in it, its path alone, or else the home page. */
  private static ReturnTarget shortened(ReturnTarget target, Site site) {
    ReturnTarget page = target.page();
    if (page.value().length() <= LONG_TARGET) {
      return page;
    }
    String path = page.path();
    return path.length() > LONG_TARGET ? site.home() : site.target(path);
  }

  private String authorizationRequest(
      ProviderMetadata metadata, Site site, Browser browser, LoginState state) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, scope, new ClientID(clientId), site.redirectUri())
        .endpointURI(metadata.authorizationEndpoint())
        .state(new State(states.close(state)))
        .nonce(new Nonce(browser.nonce(state.key(), state.id())))
        .codeChallenge(
            new CodeVerifier(browser.codeVerifier(state.key(), state.id())),
            CodeChallengeMethod.S256)
        .build()
        .toURI()
        .toString();
  }
}
