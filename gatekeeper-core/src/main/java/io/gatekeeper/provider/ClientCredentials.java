package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is, and how it shows that. Immutable.
 *
 * <p>Specification: RFC 6749, section 2.3.1.
 */
public final class ClientCredentials {
  private final ClientID id;
  private final @Nullable Secret secret;
  private final @Nullable ClientAuthenticationMethod method;

  /**
   * A client's credentials.
   *
   * @param id the client
   * @param secret its secret; null for a public client
   * @param method how the client authenticates ({@code token_endpoint_auth_method}); null for what
   *     the provider's metadata prefers
   */
  public ClientCredentials(String id, @Nullable String secret, @Nullable String method) {
    this.id = new ClientID(id);
    this.secret = secret == null ? null : new Secret(secret);
    this.method = method == null ? null : new ClientAuthenticationMethod(method);
  }

  ClientID id() {
    return id;
  }

  /** How the client shows who it is; null for a public one. */
  @Nullable ClientAuthentication authentication(ProviderMetadata metadata) {
    if (secret == null) {
      return null;
    }
    return usesPost(metadata)
        ? new ClientSecretPost(id, secret)
        : new ClientSecretBasic(id, secret);
  }

  /** Basic unless it is not offered, or the settings say otherwise. */
  private boolean usesPost(ProviderMetadata metadata) {
    if (method != null) {
      return method.equals(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }
    return !metadata
            .tokenEndpointAuthMethods()
            .contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        && metadata
            .tokenEndpointAuthMethods()
            .contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ClientCredentials[" + id + "]";
  }
}
