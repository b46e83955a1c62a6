package io.gatekeeper.testing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A logout token of the {@link FakeProvider} in the making: right (OpenID Connect Back-Channel
 * Logout 1.0, section 2.4), unless it is told otherwise.
 */
public final class LogoutToken {
  /** The member of {@code events} that makes it one. */
  static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final FakeProvider provider;
  private final IdTokens tokens;
  private final Map<String, Object> claims = new LinkedHashMap<>();

  LogoutToken(FakeProvider provider) {
    long now = Instant.now().getEpochSecond();
    this.provider = provider;
    this.tokens = new IdTokens(provider.keys());
    tokens.header("typ", "logout+jwt");
    claims.put("iss", provider.issuer());
    claims.put("aud", provider.clientId());
    claims.put("iat", now);
    claims.put("exp", now + 120);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of(EVENT, Map.of()));
  }

  /** Has this claim; null takes it away. */
  public LogoutToken with(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  /** Has this header parameter; null takes it away. */
  public LogoutToken header(String name, Object value) {
    tokens.header(name, value);
    return this;
  }

  /** Is signed this way. */
  public LogoutToken signWith(Signing signing) {
    tokens.signing(signing);
    return this;
  }

  /** Its JSON text is changed before it is signed. */
  public LogoutToken payload(UnaryOperator<String> change) {
    tokens.payload(change);
    return this;
  }

  /** Its compact form is changed after it was signed. */
  public LogoutToken compact(UnaryOperator<String> change) {
    tokens.token(change);
    return this;
  }

  /** Signs it. */
  public String text() {
    return tokens.issue(claims, provider.clientSecret());
  }
}
