package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Redeems codes. Blocking; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 3.1.3; RFC 6749, sections 2.3.1 and 4.1.3; RFC
 * 7636, section 4.5.
 */
public final class TokenEndpoint {
  private final ClientID clientId;
  private final @Nullable Secret clientSecret;
  private final @Nullable ClientAuthenticationMethod method;
  private final ProviderHttp http;

  /**
   * The token endpoint as one client sees it.
   *
   * @param clientId the client
   * @param clientSecret its secret; null for a public client
   * @param method how the client authenticates ({@code token_endpoint_auth_method}); null for what
   *     the provider's metadata prefers
   * @param http the way to the provider
   */
  public TokenEndpoint(
      String clientId, @Nullable String clientSecret, @Nullable String method, ProviderHttp http) {
    this.clientId = new ClientID(clientId);
    this.clientSecret = clientSecret == null ? null : new Secret(clientSecret);
    this.method = method == null ? null : new ClientAuthenticationMethod(method);
    this.http = http;
  }

  /**
   * What came for a code.
   *
   * @param idToken the ID token, not verified yet
   * @param accessToken the access token
   */
  public record Tokens(String idToken, AccessToken accessToken) {
    /** Never a token. */
    @Override
    public String toString() {
      return "Tokens[***]";
    }
  }

  /**
   * Redeems a code.
   *
   * @param metadata the provider's metadata
   * @param code the code
   * @param redirectUri the redirect URI of the authorization request, to the letter
   * @param verifier the code verifier of the authorization request
   * @return the tokens
   * @throws ProviderException when there are none, saying why
   */
  public Tokens redeem(ProviderMetadata metadata, String code, URI redirectUri, String verifier)
      throws ProviderException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), redirectUri, new CodeVerifier(verifier));
    try {
      HTTPResponse response = request(metadata, grant).toHTTPRequest().send(http);
      return read(response);
    } catch (LimitedBody.TooLarge e) {
      throw invalid("an answer of " + e.getMessage());
    } catch (IOException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "token endpoint: " + e.getMessage(), e);
    }
  }

  private TokenRequest request(ProviderMetadata metadata, AuthorizationCodeGrant grant) {
    URI endpoint = metadata.tokenEndpoint();
    if (clientSecret == null) {
      return new TokenRequest.Builder(endpoint, clientId, grant).build();
    }
    return usesPost(metadata)
        ? new TokenRequest.Builder(endpoint, new ClientSecretPost(clientId, clientSecret), grant)
            .build()
        : new TokenRequest.Builder(endpoint, new ClientSecretBasic(clientId, clientSecret), grant)
            .build();
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

  private static Tokens read(HTTPResponse response) throws ProviderException {
    if (response.getStatusCode() >= 500) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "token endpoint answered " + response.getStatusCode());
    }
    TokenResponse parsed;
    try {
      parsed = TokenResponse.parse(response);
    } catch (ParseException | RuntimeException e) {
      throw invalid("no token response (RFC 6749, section 5), status " + response.getStatusCode());
    }
    if (parsed instanceof TokenErrorResponse error) {
      throw refused(error.getErrorObject(), response.getStatusCode());
    }
    Object idToken = parsed.toSuccessResponse().getCustomParameters().get("id_token");
    if (!(idToken instanceof String text)) {
      throw invalid("no id_token; is openid among the scopes of the client?");
    }
    return new Tokens(text, parsed.toSuccessResponse().getTokens().getAccessToken());
  }

  private static ProviderException refused(@Nullable ErrorObject error, int status) {
    String code = error == null || error.getCode() == null ? "" : error.getCode();
    Rejection rejection =
        switch (code) {
          // The second is Dex's word for a code that it doesn't know, or no longer.
          case "invalid_grant", "invalid_request" -> Rejection.CODE_REFUSED;
          case "invalid_client", "unauthorized_client" -> Rejection.CLIENT_REFUSED;
          default ->
              status == HTTPResponse.SC_UNAUTHORIZED
                  ? Rejection.CLIENT_REFUSED
                  : Rejection.TOKEN_RESPONSE_INVALID;
        };
    String shown = ErrorObject.isLegal(code) ? code : "an error code that is not one";
    return new ProviderException(
        rejection, "token endpoint answered %d %s".formatted(status, shown));
  }

  private static ProviderException invalid(String detail) {
    return new ProviderException(Rejection.TOKEN_RESPONSE_INVALID, "token endpoint: " + detail);
  }
}
