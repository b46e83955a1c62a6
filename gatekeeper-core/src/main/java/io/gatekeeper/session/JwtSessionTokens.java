package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.identity.Rejection;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

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
  private final Duration lifetime;
  private final Clock clock;

  /**
   * Tokens of one service.
   *
   * @param keys the ring
   * @param issuer the external URL ({@code iss})
   * @param audience the client id ({@code aud})
   * @param lifetime from sign-in to the absolute end, rounded up to whole seconds
   * @param clock the time
   */
  public JwtSessionTokens(
      SessionKeys keys, String issuer, String audience, Duration lifetime, Clock clock) {
    this.keys = keys;
    this.claims = new SessionClaims(issuer, audience);
    // In whole seconds, as the claims are, and never none.
    this.lifetime = Duration.ofSeconds(lifetime.plusNanos(999_999_999).toSeconds());
    this.clock = clock;
  }

  @Override
  public String issue(NewSession session) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    byte[] payload = claims.write(session, now, now.plus(lifetime));
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
