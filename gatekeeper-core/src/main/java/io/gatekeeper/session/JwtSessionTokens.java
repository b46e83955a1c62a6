package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Session tokens as compact JWS (RFC 7515, section 7.1) with HS256, of type {@code
 * gatekeeper-session+jwt}, whose claims anybody can decode and nobody can change.
 *
 * <p>A token counts only with the very header that {@link #issue} writes for a key of the ring, and
 * only in the one spelling that its MAC has: there is no algorithm to choose, no key to look up and
 * no second encoding of the same token. No issue time is compared, for the clocks of two replicas
 * may differ, and a MAC of ours vouches for the past.
 *
 * <p>Specification: RFC 7515, RFC 7519, RFC 8725.
 */
public final class JwtSessionTokens implements SessionTokens {
  /** The longest text that is looked at, in characters. */
  static final int LONGEST = 8192;

  private final SessionKeys keys;
  private final SessionClaims claims;
  private final SessionTerms terms;
  private final Clock clock;

  /**
   * Tokens of one service.
   *
   * @param keys the ring
   * @param issuer the external URL ({@code iss})
   * @param audience the client id ({@code aud})
   * @param terms how long sessions last
   * @param clock the time
   */
  public JwtSessionTokens(
      SessionKeys keys, String issuer, String audience, SessionTerms terms, Clock clock) {
    this.keys = keys;
    this.claims = new SessionClaims(issuer, audience);
    this.terms = terms;
    this.clock = clock;
  }

  @Override
  public String issue(NewSession session) {
    Instant now = now();
    return signed(session, now, now, now.plus(terms.lifetime()));
  }

  @Override
  public String renew(Session session, Identity identity, @Nullable Instant recheck) {
    NewSession next =
        new NewSession(
            session.id(),
            identity,
            session.login(),
            session.authTime().orElse(null),
            session.providerSession().orElse(null),
            session.issued(),
            recheck);
    return signed(next, now(), session.started(), session.end());
  }

  private Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  private String signed(NewSession session, Instant now, Instant started, Instant end) {
    byte[] payload =
        claims.write(
            session,
            new SessionClaims.Times(
                now,
                started,
                end,
                terms.expires(now, end),
                terms.due(now, end, session.recheck()).orElse(null)));
    TokenSigner signer = keys.signing().tokenSigner();
    String input =
        signer.header() + Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
    byte[] bytes = input.getBytes(ISO_8859_1);
    return input + '.' + new String(signer.sign(bytes, bytes.length), ISO_8859_1);
  }

  @Override
  public Verification verify(String token) {
    int dot = token.lastIndexOf('.');
    if (token.length() > LONGEST || dot < 0) {
      return new Verification.Refused(Rejection.SESSION_MALFORMED);
    }
    for (SessionKeys.Key key : keys.all()) {
      TokenSigner signer = key.tokenSigner();
      if (token.startsWith(signer.header())) {
        return verify(token, signer, dot);
      }
    }
    return new Verification.Refused(Rejection.SESSION_SIGNATURE);
  }

  private Verification verify(String token, TokenSigner signer, int dot) {
    byte[] bytes = token.getBytes(ISO_8859_1);
    byte[] signature = Arrays.copyOfRange(bytes, dot + 1, bytes.length);
    if (dot < signer.header().length()
        || !MessageDigest.isEqual(signer.sign(bytes, dot), signature)) {
      return new Verification.Refused(Rejection.SESSION_SIGNATURE);
    }
    String payload = token.substring(signer.header().length(), dot);
    Optional<byte[]> decoded = decode(payload);
    return decoded.isEmpty()
        ? new Verification.Refused(Rejection.SESSION_MALFORMED)
        : claims.read(decoded.get(), clock.instant());
  }

  private static Optional<byte[]> decode(String payload) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(payload));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
