package io.gatekeeper.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks the provider for more about a user. Plain JSON only. Blocking; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 5.3.
 */
public final class UserinfoEndpoint {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private final ProviderHttp http;

  /**
   * The userinfo endpoint.
   *
   * @param http the way to the provider
   */
  public UserinfoEndpoint(ProviderHttp http) {
    this.http = http;
  }

  /**
   * The claims about the user that an ID token speaks of.
   *
   * @param metadata the provider's metadata
   * @param accessToken the access token that came with the ID token
   * @param subject the ID token's subject, which the answer has to be about
   * @return the claims
   * @throws ProviderException when there are none, or they speak of somebody else
   */
  public ObjectNode claims(ProviderMetadata metadata, AccessToken accessToken, String subject)
      throws ProviderException {
    URI endpoint = metadata.userinfo();
    if (endpoint == null) {
      throw new ProviderException(
          Rejection.PROVIDER_METADATA,
          "provider metadata: userinfo_endpoint is missing (expected, since userinfo is true)");
    }
    if (AccessTokenType.N_A.equals(accessToken.getType())) {
      throw invalid("can't be asked: the access token came without a type (N_A)");
    }
    try {
      HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
      request.setAuthorization(accessToken.toAuthorizationHeader());
      request.setAccept("application/json");
      return read(request.send(http), subject);
    } catch (IOException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "userinfo endpoint: " + e.getMessage(), e);
    }
  }

  private static ObjectNode read(HTTPResponse response, String subject) throws ProviderException {
    if (response.getStatusCode() >= 500) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "userinfo endpoint answered " + response.getStatusCode());
    }
    String type = Optional.ofNullable(response.getHeaderValue("Content-Type")).orElse("");
    if (response.getStatusCode() != HTTPResponse.SC_OK
        || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw invalid("answered %d without JSON".formatted(response.getStatusCode()));
    }
    try {
      JsonNode claims = JSON.readTree(Optional.ofNullable(response.getBody()).orElse(""));
      if (claims instanceof ObjectNode object) {
        return about(subject, object);
      }
      throw invalid("answered no JSON object");
    } catch (JsonProcessingException e) {
      throw invalid("answered something that is not JSON");
    }
  }

  /** Section 5.3.2: no other check tells one user's claims from another's. */
  private static ObjectNode about(String subject, ObjectNode claims) throws ProviderException {
    String sub = claims.path("sub").textValue();
    if (sub == null) {
      throw invalid("answered an object without sub");
    }
    if (!subject.equals(sub)) {
      throw new ProviderException(
          Rejection.USERINFO_SUBJECT, "userinfo endpoint speaks of another sub than the ID token");
    }
    return claims;
  }

  private static ProviderException invalid(String detail) {
    return new ProviderException(Rejection.USERINFO_INVALID, "userinfo endpoint " + detail);
  }
}
