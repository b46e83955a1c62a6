package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;

/**
 * Revokes refresh tokens where the provider can. Blocking; safe for use by many threads.
 *
 * <p>Specification: RFC 7009, section 2.
 */
public final class RevocationEndpoint {
  private final ClientCredentials client;
  private final ProviderHttp http;

  /**
   * The revocation endpoint as one client sees it.
   *
   * @param client the client
   * @param http the way to the provider
   */
  public RevocationEndpoint(ClientCredentials client, ProviderHttp http) {
    this.client = client;
    this.http = http;
  }

  /**
   * Revokes a refresh token; does nothing where the provider has no endpoint for that.
   *
   * @param metadata the provider's metadata
   * @param refreshToken the token
   * @throws ProviderException when the provider doesn't say that it did so
   */
  public void revoke(ProviderMetadata metadata, String refreshToken) throws ProviderException {
    URI endpoint = metadata.revocation();
    if (endpoint == null) {
      return;
    }
    ClientAuthentication authentication = client.authentication(metadata);
    RefreshToken token = new RefreshToken(refreshToken);
    TokenRevocationRequest request =
        authentication == null
            ? new TokenRevocationRequest(endpoint, client.id(), token)
            : new TokenRevocationRequest(endpoint, authentication, token);
    try {
      int status = request.toHTTPRequest().send(http).getStatusCode();
      if (status != 200) {
        throw unavailable("revocation endpoint answered " + status);
      }
    } catch (IOException e) {
      throw unavailable("revocation endpoint: " + e.getMessage());
    }
  }

  private static ProviderException unavailable(String detail) {
    return new ProviderException(Rejection.PROVIDER_UNAVAILABLE, detail);
  }
}
