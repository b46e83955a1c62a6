package io.gatekeeper.login;

import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.IdTokenVerifier;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.TokenEndpoint;
import io.gatekeeper.provider.VerifiedIdToken;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a code to a session: redeems the code, verifies the ID token, asks for userinfo where that
 * is configured, makes an identity of the claims, and issues the session. Straight-line and
 * blocking.
 *
 * <p>Specification: OpenID Connect Core 1.0, sections 3.1.3 and 5.3.
 */
final class CodeExchange {
  private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);

  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokenVerifier;
  private final IdentitySource identities;
  private final Duration revalidate;
  private final AtomicBoolean misses;
  private final SessionTokens tokens;
  private final SessionCookies cookies;
  private final ProviderCookie providerCookie;
  private final SecureRandom random;
  private final Clock clock;

  CodeExchange(
      LoginFlow.Settings settings,
      LoginFlow.Endpoints endpoints,
      LoginFlow.Sessions sessions,
      SecureRandom random,
      Clock clock) {
    this.tokenEndpoint = endpoints.tokenEndpoint();
    this.idTokenVerifier = endpoints.idTokenVerifier();
    this.identities = new IdentitySource(settings, endpoints.userinfo());
    this.revalidate = settings.revalidate();
    this.misses = new AtomicBoolean(settings.scopes().contains("offline_access"));
    this.tokens = sessions.tokens();
    this.cookies = sessions.cookies();
    this.providerCookie = new ProviderCookie(sessions.names(), sessions.keys(), random);
    this.random = random;
    this.clock = clock;
  }

  Exchanges.SignedIn run(
      ProviderMetadata metadata, Site site, LoginState state, Browser browser, String code)
      throws ProviderException {
    String nonce = browser.nonce(state.key(), state.id());
    TokenEndpoint.Tokens answer =
        tokenEndpoint.redeem(
            metadata, code, site.redirectUri(), browser.codeVerifier(state.key(), state.id()));
    if (answer.refreshToken() == null && misses.getAndSet(false)) {
      LOG.warn(
          "no refresh token though offline_access is among the scopes: sessions are not"
              + " revalidated; some providers want prompt=consent, see authorization-endpoint");
    }
    String text = Objects.requireNonNull(answer.idToken());
    VerifiedIdToken idToken = idTokenVerifier.verify(metadata, text, nonce, answer.accessToken());
    Identity identity =
        identities.identity(metadata, idToken.subject(), idToken.claims(), answer.accessToken());
    Grant grant =
        new Grant(
            LoginStates.id(Seal.salt(random)),
            text,
            answer.refreshToken(),
            nonce,
            idToken.parties(),
            clock.instant());
    return issue(state, idToken, identity, providerCookie.fitting(grant));
  }

  private Exchanges.SignedIn issue(
      LoginState state, VerifiedIdToken idToken, Identity identity, Grant grant)
      throws ProviderException {
    String token =
        tokens.issue(
            new NewSession(
                grant.session(),
                identity,
                state.id(),
                idToken.authTime().orElse(null),
                idToken.providerSession().orElse(null),
                idToken.issued(),
                grant.refreshToken() == null ? null : grant.asked().plus(revalidate)));
    if (!cookies.fits(token)) {
      throw new ProviderException(Rejection.SESSION_TOO_LARGE, ClaimSizes.describe(identity));
    }
    Verification verification = tokens.verify(token);
    if (verification instanceof Verification.Refused refused) {
      if (refused.reason() == Rejection.SESSION_REVOKED) {
        throw new ProviderException(
            Rejection.LOGIN_REVOKED, "its sessions were revoked while the login went on");
      }
      throw new IllegalStateException("A session token just issued does not verify");
    }
    Session session = ((Verification.Valid) verification).session();
    return new Exchanges.SignedIn(session, token, grant);
  }
}
