package io.gatekeeper.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import io.gatekeeper.http.Printable;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.IdTokenVerifier;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.TokenEndpoint;
import io.gatekeeper.provider.VerifiedIdToken;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider about a session with its refresh token, and makes the session's next token of
 * the answer. Straight-line and blocking.
 *
 * <p>Specification: RFC 6749, section 6; OpenID Connect Core 1.0, section 12.
 */
final class TokenRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int LONGEST_SHOWN = 400;

  /**
   * Faults of the way, of the settings, of a clock, or of a key that isn't published yet: they say
   * nothing about the user.
   */
  private static final Set<Rejection> PASSING =
      Set.of(
          Rejection.PROVIDER_UNAVAILABLE,
          Rejection.PROVIDER_METADATA,
          Rejection.CLIENT_REFUSED,
          Rejection.TOKEN_RESPONSE_INVALID,
          Rejection.USERINFO_INVALID,
          Rejection.ID_TOKEN_MALFORMED,
          Rejection.ID_TOKEN_SIGNATURE,
          Rejection.ID_TOKEN_EXPIRED,
          Rejection.ID_TOKEN_ISSUED_AT);

  private final Provider provider;
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokenVerifier;
  private final IdentitySource identities;
  private final Duration revalidate;
  private final Duration pause;
  private final SessionTokens tokens;
  private final SessionCookies cookies;
  private final ProviderCookie providerCookie;
  private final Revocations revocations;
  private final RefreshTokens refreshTokens;
  private final Clock clock;

  TokenRefresh(
      LoginFlow.Settings settings,
      LoginFlow.Endpoints endpoints,
      LoginFlow.Sessions sessions,
      ProviderCookie providerCookie,
      RefreshTokens refreshTokens,
      Clock clock) {
    this.provider = endpoints.provider();
    this.tokenEndpoint = endpoints.tokenEndpoint();
    this.idTokenVerifier = endpoints.idTokenVerifier();
    this.identities = new IdentitySource(settings, endpoints.userinfo());
    this.revalidate = settings.revalidate();
    this.pause = revalidate.compareTo(LONGEST_PAUSE) < 0 ? revalidate : LONGEST_PAUSE;
    this.tokens = sessions.tokens();
    this.cookies = sessions.cookies();
    this.providerCookie = providerCookie;
    this.refreshTokens = refreshTokens;
    this.revocations = sessions.revocations();
    this.clock = clock;
  }

  /** Asks the provider. */
  Refreshed run(Session session, Grant grant, String refreshToken) {
    ProviderMetadata metadata;
    TokenEndpoint.Tokens answer;
    try {
      metadata = provider.metadata();
      answer = tokenEndpoint.refresh(metadata, refreshToken);
    } catch (ProviderException e) {
      return failed(session, e, null);
    }
    // From here on the old refresh token may be used up: whatever fails, the new one is kept.
    Grant next =
        answer.refreshToken() == null ? grant : grant.withRefreshToken(answer.refreshToken());
    if (revocations.covers(session) && answer.refreshToken() != null) {
      // Signed out meanwhile, with the old token: no browser ever gets this one.
      refreshTokens.revoke(answer.refreshToken());
    }
    try {
      return next(session, next, metadata, answer, !next.equals(grant));
    } catch (ProviderException e) {
      return failed(session, e, next.equals(grant) ? null : providerCookie.fitting(next));
    }
  }

  private Refreshed next(
      Session session,
      Grant grant,
      ProviderMetadata metadata,
      TokenEndpoint.Tokens answer,
      boolean rotated)
      throws ProviderException {
    String subject = session.identity().subject();
    Grant next = grant;
    Optional<ObjectNode> claims = payload(grant.idToken());
    if (answer.idToken() != null) {
      VerifiedIdToken idToken =
          idTokenVerifier.verifyRefreshed(
              metadata, answer.idToken(), original(session, grant), answer.accessToken());
      next = grant.withIdToken(idToken.text());
      claims = Optional.of(idToken.claims());
    }
    Identity identity =
        claims.isPresent()
            ? identities.identity(metadata, subject, claims.get(), answer.accessToken())
            : session.identity();
    Instant now = clock.instant();
    Grant kept = providerCookie.fitting(next.askedAt(now));
    String token =
        tokens.renew(session, identity, kept.refreshToken() == null ? null : now.plus(revalidate));
    if (!cookies.fits(token)) {
      throw new ProviderException(Rejection.SESSION_TOO_LARGE, ClaimSizes.describe(identity));
    }
    return new Refreshed.Next(token, due(token), kept, rotated);
  }

  private static IdTokenVerifier.Original original(Session session, Grant grant) {
    return new IdTokenVerifier.Original(
        session.identity().subject(),
        grant.parties(),
        grant.nonce(),
        session.authTime().orElse(null),
        session.started());
  }

  /** Where no new ID token comes, the claims of the one we kept, which was verified and sealed. */
  private static Optional<ObjectNode> payload(String idToken) {
    try {
      JsonNode claims = JSON.readTree(JWSObject.parse(idToken).getPayload().toBytes());
      return claims instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (ParseException | IOException e) {
      return Optional.empty();
    }
  }

  private Refreshed failed(Session session, ProviderException fault, @Nullable Grant grant) {
    boolean passing = PASSING.contains(fault.rejection());
    LOG.warn(
        "session {} {}: {}: {}",
        session.id(),
        passing ? "not revalidated for now" : "not confirmed by the provider",
        fault.rejection().code(),
        Printable.line(fault.detail(), LONGEST_SHOWN));
    return passing
        ? later(session, grant)
        : new Refreshed.Lost(fault.rejection(), fault.rejection() != Rejection.REFRESH_REFUSED);
  }

  /** The session goes on as it is, and the provider is asked soon. */
  Refreshed later(Session session, @Nullable Grant grant) {
    String token = tokens.renew(session, session.identity(), clock.instant().plus(pause));
    return new Refreshed.Next(token, due(token), grant, grant != null);
  }

  private @Nullable Instant due(String token) {
    return tokens.verify(token).valid().flatMap(Session::due).orElse(null);
  }
}
