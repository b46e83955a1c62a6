package io.gatekeeper.testing;

import com.nimbusds.jose.util.Base64URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** The endpoints of a well-behaved provider; what its switches change is laid over them. */
final class ProviderEndpoints extends Dispatcher {
  private record Grant(ProviderRequest request, Map<String, Object> user, long authTime) {}

  private final FakeProvider provider;
  private final Map<String, Grant> codes = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> accessTokens = new ConcurrentHashMap<>();
  private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();

  ProviderEndpoints(FakeProvider provider) {
    this.provider = provider;
  }

  @Override
  public MockResponse dispatch(RecordedRequest recorded) {
    ProviderRequest request = ProviderRequest.of(recorded);
    for (Endpoint endpoint : Endpoint.values()) {
      if (request.path().equals(FakeProvider.PATH + endpoint.path())) {
        provider.record(endpoint, request);
        return provider.faults().befall(endpoint, answer(endpoint, request));
      }
    }
    provider.recordStray(request);
    return text(404, "There is no such endpoint.");
  }

  private MockResponse answer(Endpoint endpoint, ProviderRequest request) {
    return switch (endpoint) {
      case DISCOVERY -> json(200, provider.metadata());
      case AUTHORIZATION -> authorize(request);
      case TOKEN -> token(request);
      case JWKS -> json(200, provider.keys().published());
      case USERINFO -> userinfo(request);
      case END_SESSION -> endSession(request);
      case REVOCATION -> revoke(request);
    };
  }

  private MockResponse authorize(ProviderRequest request) {
    String redirectUri = request.parameter("redirect_uri");
    if (redirectUri == null || !provider.clientId().equals(request.parameter("client_id"))) {
      return text(400, "No such client or redirect URI.");
    }
    if (!"code".equals(request.parameter("response_type"))
        || !"S256".equals(request.parameter("code_challenge_method"))
        || !Arrays.asList(String.valueOf(request.parameter("scope")).split(" ", -1))
            .contains("openid")) {
      return text(400, "Not an OpenID Connect request with PKCE.");
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, new Grant(request, provider.user(), provider.now()));
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("code", code);
    answer.put("state", request.parameter("state"));
    answer.put("iss", provider.issuer());
    return redirect(redirectUri, provider.alterAuthorizationResponse(answer));
  }

  private MockResponse token(ProviderRequest request) {
    if (!authenticated(request)) {
      return json(401, Map.of("error", "invalid_client"));
    }
    if ("refresh_token".equals(request.parameter("grant_type"))) {
      return refresh(String.valueOf(request.parameter("refresh_token")));
    }
    if (!"authorization_code".equals(request.parameter("grant_type"))) {
      return json(400, Map.of("error", "unsupported_grant_type"));
    }
    Grant grant = codes.remove(String.valueOf(request.parameter("code")));
    if (grant == null || !fits(grant.request(), request)) {
      return json(400, Map.of("error", "invalid_grant"));
    }
    Map<String, Object> claims = claims(grant);
    claims.put("nonce", grant.request().parameter("nonce"));
    Map<String, Object> answer = tokens(grant, claims);
    if (String.valueOf(grant.request().parameter("scope")).contains("offline_access")) {
      answer.put("refresh_token", newRefreshToken(grant));
    }
    return json(200, provider.alterTokenResponse(answer));
  }

  /** Takes each refresh token once, unless told otherwise (RFC 6749, section 10.4). */
  private MockResponse refresh(String token) {
    Grant grant =
        provider.rotatesRefreshTokens() ? refreshTokens.remove(token) : refreshTokens.get(token);
    if (grant == null) {
      return json(400, Map.of("error", "invalid_grant"));
    }
    Grant now = new Grant(grant.request(), provider.userAtRefresh(grant.user()), grant.authTime());
    Map<String, Object> answer = tokens(now, claims(now));
    if (provider.rotatesRefreshTokens()) {
      answer.put("refresh_token", newRefreshToken(now));
    }
    return json(200, provider.alterTokenResponse(answer));
  }

  private String newRefreshToken(Grant grant) {
    String token = "refresh-" + UUID.randomUUID();
    refreshTokens.put(token, grant);
    return token;
  }

  /** Signs the user out at the provider. */
  void forgetRefreshTokens() {
    refreshTokens.clear();
  }

  boolean knowsRefreshToken(String token) {
    return refreshTokens.containsKey(token);
  }

  private MockResponse revoke(ProviderRequest request) {
    if (!authenticated(request)) {
      return json(401, Map.of("error", "invalid_client"));
    }
    refreshTokens.remove(String.valueOf(request.parameter("token")));
    return text(200, "");
  }

  private Map<String, Object> tokens(Grant grant, Map<String, Object> claims) {
    provider.aboutToSign();
    String accessToken = UUID.randomUUID().toString();
    accessTokens.put(accessToken, grant.user());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", accessToken);
    answer.put("token_type", "Bearer");
    answer.put("expires_in", 3600);
    claims.put("at_hash", Base64URL.encode(Arrays.copyOf(sha256(accessToken), 16)).toString());
    answer.put("id_token", provider.idToken(claims));
    return answer;
  }

  private static boolean fits(ProviderRequest authorization, ProviderRequest token) {
    String verifier = String.valueOf(token.parameter("code_verifier"));
    return authorization.parameter("redirect_uri").equals(token.parameter("redirect_uri"))
        && verifier.matches("[A-Za-z0-9._~-]{43,128}")
        && Base64URL.encode(sha256(verifier))
            .toString()
            .equals(authorization.parameter("code_challenge"));
  }

  private Map<String, Object> claims(Grant grant) {
    long now = provider.now();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", provider.issuer());
    claims.put("aud", provider.clientId());
    claims.put("iat", now);
    claims.put("exp", now + 600);
    claims.put("auth_time", grant.authTime());
    claims.putAll(grant.user());
    return claims;
  }

  /** Takes the one way that the client is registered with (RFC 6749, section 2.3.1). */
  private boolean authenticated(ProviderRequest request) {
    String basic = request.header("Authorization");
    String posted = request.parameter("client_secret");
    return switch (provider.clientAuthentication()) {
      case "client_secret_basic" ->
          posted == null
              && basicAuthorization(provider.clientId(), provider.clientSecret()).equals(basic);
      case "client_secret_post" ->
          basic == null
              && provider.clientSecret().equals(posted)
              && provider.clientId().equals(request.parameter("client_id"));
      default ->
          basic == null
              && posted == null
              && provider.clientId().equals(request.parameter("client_id"));
    };
  }

  private static String basicAuthorization(String id, String secret) {
    String pair = encode(id) + ":" + encode(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private MockResponse userinfo(ProviderRequest request) {
    String authorization = String.valueOf(request.header("Authorization"));
    Map<String, Object> user =
        authorization.startsWith("Bearer ") ? accessTokens.get(authorization.substring(7)) : null;
    return user == null
        ? json(401, Map.of("error", "invalid_token"))
        : json(200, provider.alterUserinfo(new LinkedHashMap<>(user)));
  }

  private MockResponse endSession(ProviderRequest request) {
    String back = request.parameter("post_logout_redirect_uri");
    String state = request.parameter("state");
    Map<String, String> answer = new LinkedHashMap<>();
    if (state != null) {
      answer.put("state", state);
    }
    return back == null
        ? text(200, "You are signed out.")
        : redirect(back, provider.alterLogoutResponse(answer));
  }

  private static MockResponse redirect(String uri, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String location = query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + query;
    return new MockResponse.Builder().code(303).addHeader("Location", location).build();
  }

  private static MockResponse json(int status, Map<String, Object> body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .addHeader("Cache-Control", "no-store")
        .body(IdTokens.write(body))
        .build();
  }

  private static MockResponse text(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "text/plain; charset=utf-8")
        .body(body)
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
