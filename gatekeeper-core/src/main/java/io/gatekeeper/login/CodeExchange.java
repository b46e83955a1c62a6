package io.gatekeeper.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.access.Admission;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.IdTokenVerifier;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.TokenEndpoint;
import io.gatekeeper.provider.UserinfoEndpoint;
import io.gatekeeper.provider.VerifiedIdToken;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * From a code to a session: redeems the code, verifies the ID token, asks for userinfo where that
 * is configured, makes an identity of the claims, and issues the session. Straight-line and
 * blocking.
 *
 * <p>Specification: OpenID Connect Core 1.0, sections 3.1.3 and 5.3.
 */
final class CodeExchange {
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokenVerifier;
  private final @Nullable UserinfoEndpoint userinfo;
  private final ClaimsMapping mapping;
  private final Admission admission;
  private final KeptClaims kept;
  private final SessionTokens tokens;
  private final SessionCookies cookies;
  private final SecureRandom random;

  CodeExchange(
      LoginFlow.Settings settings,
      LoginFlow.Endpoints endpoints,
      LoginFlow.Sessions sessions,
      SecureRandom random) {
    this.tokenEndpoint = endpoints.tokenEndpoint();
    this.idTokenVerifier = endpoints.idTokenVerifier();
    this.userinfo = endpoints.userinfo();
    this.mapping = settings.mapping();
    this.admission = settings.admission();
    this.kept = settings.kept();
    this.tokens = sessions.tokens();
    this.cookies = sessions.cookies();
    this.random = random;
  }

  Exchanges.SignedIn run(
      ProviderMetadata metadata, Site site, LoginState state, Browser browser, String code)
      throws ProviderException {
    TokenEndpoint.Tokens answer =
        tokenEndpoint.redeem(
            metadata, code, site.redirectUri(), browser.codeVerifier(state.key(), state.id()));
    VerifiedIdToken idToken =
        idTokenVerifier.verify(
            metadata,
            answer.idToken(),
            browser.nonce(state.key(), state.id()),
            answer.accessToken());
    ObjectNode claims = idToken.claims();
    if (userinfo != null) {
      claims =
          ClaimsMapping.merge(
              claims, userinfo.claims(metadata, answer.accessToken(), idToken.subject()));
    }
    Identity identity = mapping.identity(metadata.issuer(), idToken.subject(), claims);
    if (!admission.admits(identity)) {
      throw new ProviderException(Rejection.NOT_ALLOWED, "none of the settings under allow fits");
    }
    return issue(state, idToken, kept.of(identity));
  }

  private Exchanges.SignedIn issue(LoginState state, VerifiedIdToken idToken, Identity identity)
      throws ProviderException {
    String token =
        tokens.issue(
            new NewSession(
                LoginStates.id(Seal.salt(random)),
                identity,
                state.id(),
                idToken.authTime().orElse(null),
                idToken.providerSession().orElse(null),
                idToken.issued()));
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
    return new Exchanges.SignedIn(session, token, idToken.text());
  }
}
