package io.gatekeeper.testing;

/** The endpoints of the {@link FakeProvider}. */
public enum Endpoint {
  /** The metadata (OpenID Connect Discovery 1.0, section 4). */
  DISCOVERY("/.well-known/openid-configuration"),
  /** The authorization endpoint (RFC 6749, section 3.1). */
  AUTHORIZATION("/authorize"),
  /** The token endpoint (RFC 6749, section 3.2). */
  TOKEN("/token"),
  /** The key set (RFC 7517). */
  JWKS("/keys"),
  /** The userinfo endpoint (OpenID Connect Core 1.0, section 5.3). */
  USERINFO("/userinfo"),
  /** The end session endpoint (OpenID Connect RP-Initiated Logout 1.0). */
  END_SESSION("/end-session"),
  /** The revocation endpoint (RFC 7009). */
  REVOCATION("/revoke");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /**
   * Where it is.
   *
   * @return the path, behind the issuer's own
   */
  public String path() {
    return path;
  }
}
