package io.gatekeeper.provider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redeems codes and uses refresh tokens. Blocking; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 3.1.3; RFC 6749, sections 2.3.1, 4.1.3 and 6;
 * RFC 7636, section 4.5.
 */
public final class TokenEndpoint {
  /** What a provider says of itself, and not of the user. */
  private static final Set<String> FAULTS =
      Set.of("server_error", "temporarily_unavailable", "slow_down");

  private final ClientCredentials client;
  private final ProviderHttp http;

  /**
   * The token endpoint as one client sees it.
   *
   * @param client the client
   * @param http the way to the provider
   */
  public TokenEndpoint(ClientCredentials client, ProviderHttp http) {
    this.client = client;
    this.http = http;
  }

  /**
   * What came for a code or a refresh token.
   *
   * @param idToken the ID token, not verified yet; always there for a code
   * @param accessToken the access token
   * @param refreshToken the refresh token to use next; null where none came
   */
  public record Tokens(
      @Nullable String idToken, AccessToken accessToken, @Nullable String refreshToken) {
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
    Tokens tokens = read(send(metadata, grant), Rejection.CODE_REFUSED);
    if (tokens.idToken() == null) {
      throw invalid("no id_token; is openid among the scopes of the client?");
    }
    return tokens;
  }

  /**
   * Uses a refresh token.
   *
   * @param metadata the provider's metadata
   * @param refreshToken the token
   * @return the tokens; without an ID token where the provider sent none, and without a refresh
   *     token where the old one stays good
   * @throws ProviderException when there are none; {@link Rejection#REFRESH_REFUSED} where the
   *     provider doesn't take the refresh token
   */
  public Tokens refresh(ProviderMetadata metadata, String refreshToken) throws ProviderException {
    RefreshTokenGrant grant = new RefreshTokenGrant(new RefreshToken(refreshToken));
    return read(send(metadata, grant), Rejection.REFRESH_REFUSED);
  }

  private HTTPResponse send(ProviderMetadata metadata, AuthorizationGrant grant)
      throws ProviderException {
    try {
      return request(metadata, grant).toHTTPRequest().send(http);
    } catch (LimitedBody.TooLarge e) {
      throw invalid("an answer of " + e.getMessage());
    } catch (IOException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "token endpoint: " + e.getMessage(), e);
    }
  }

  private TokenRequest request(ProviderMetadata metadata, AuthorizationGrant grant) {
    URI endpoint = metadata.tokenEndpoint();
    ClientAuthentication authentication = client.authentication(metadata);
    return authentication == null
        ? new TokenRequest.Builder(endpoint, client.id(), grant).build()
        : new TokenRequest.Builder(endpoint, authentication, grant).build();
  }

  private static Tokens read(HTTPResponse response, Rejection refusal) throws ProviderException {
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
      throw refused(error.getErrorObject(), response.getStatusCode(), refusal);
    }
    Object idToken = parsed.toSuccessResponse().getCustomParameters().get("id_token");
    AccessToken accessToken = parsed.toSuccessResponse().getTokens().getAccessToken();
    RefreshToken refreshToken = parsed.toSuccessResponse().getTokens().getRefreshToken();
    return new Tokens(
        idToken instanceof String text ? text : null,
        accessToken,
        refreshToken == null ? null : refreshToken.getValue());
  }

  private static ProviderException refused(
      @Nullable ErrorObject error, int status, Rejection refusal) {
    String code = error == null || error.getCode() == null ? "" : error.getCode();
    Rejection rejection =
        switch (code) {
          // The second is Dex's word for what it doesn't know, or no longer.
          case "invalid_grant", "invalid_request" -> refusal;
          case "invalid_client", "unauthorized_client", "unsupported_grant_type" ->
              Rejection.CLIENT_REFUSED;
          default -> otherwise(code, status, refusal);
        };
    String shown = ErrorObject.isLegal(code) ? code : "an error code that is not one";
    return new ProviderException(
        rejection, "token endpoint answered %d %s".formatted(status, shown));
  }

  /**
   * A refresh token is refused in many words: Keycloak's {@code not_allowed}, {@code invalid_scope}
   * where a consent was taken back, {@code interaction_required}. Whoever says so with the status
   * that RFC 6749, section 5.2 has for it, and by none of the fault words, means the user; another
   * status is a limiter's or a firewall's.
   */
  private static Rejection otherwise(String code, int status, Rejection refusal) {
    if (status == HTTPResponse.SC_UNAUTHORIZED) {
      return Rejection.CLIENT_REFUSED;
    }
    boolean means =
        refusal == Rejection.REFRESH_REFUSED
            && status == HTTPResponse.SC_BAD_REQUEST
            && !code.isEmpty()
            && ErrorObject.isLegal(code)
            && !FAULTS.contains(code);
    return means ? refusal : Rejection.TOKEN_RESPONSE_INVALID;
  }

  private static ProviderException invalid(String detail) {
    return new ProviderException(Rejection.TOKEN_RESPONSE_INVALID, "token endpoint: " + detail);
  }
}
