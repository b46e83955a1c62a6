package io.gatekeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;

/**
 * A small real OpenID provider on loopback. Its user is known to it, so an authorization request is
 * answered at once with a redirect back. It checks what a provider must check (client
 * authentication, redirect URI, PKCE, that a code is used once), records what it is asked, and
 * misbehaves when told so: each switch holds until {@link #behave()}. Safe for use by many threads.
 */
public final class FakeProvider implements AutoCloseable {
  /** The path of the issuer: real ones often have one. */
  static final String PATH = "/op";

  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  static {
    SERVER_LOG.setLevel(Level.OFF);
  }

  private final SigningKeys keys = new SigningKeys();
  private final IdTokens idTokens = new IdTokens(keys);
  private final ProviderFaults faults = new ProviderFaults();
  private final ProviderEndpoints endpoints = new ProviderEndpoints(this);
  private final Map<Endpoint, List<ProviderRequest>> requests = new HashMap<>();
  private final List<ProviderRequest> strays = new CopyOnWriteArrayList<>();
  private final Map<String, Object> metadata = new HashMap<>();
  private final Map<String, Object> tokenMembers = new HashMap<>();
  private final Map<String, Object> userinfoMembers = new HashMap<>();
  private volatile UnaryOperator<Map<String, String>> authorizationResponse = answer -> answer;
  private volatile UnaryOperator<Map<String, String>> logoutResponse = answer -> answer;
  private volatile boolean rotateBeforeSigning;
  private volatile Map<String, Object> user = Map.of();
  private volatile boolean rotatesRefreshTokens = true;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private volatile String clientId = "gatekeeper";
  private volatile String clientSecret = "the-client-secret-of-gatekeeper-0123456789";
  private volatile String clientAuthentication = "client_secret_basic";
  private volatile MockWebServer server;
  private volatile String lastIdToken;
  private final int port;

  private FakeProvider() {
    for (Endpoint endpoint : Endpoint.values()) {
      requests.put(endpoint, new CopyOnWriteArrayList<>());
    }
    server = listen(0);
    port = server.getPort();
    signInAs("alice", Map.of("name", "Alice", "email", "alice@example.com"));
  }

  /**
   * Starts a provider, where {@code alice} is signed in.
   *
   * @return the provider, on an ephemeral port of 127.0.0.1
   */
  public static FakeProvider start() {
    return new FakeProvider();
  }

  private MockWebServer listen(int at) {
    MockWebServer listening = new MockWebServer();
    listening.setDispatcher(endpoints);
    listening.setServerSocketFactory(new ReusablePorts());
    try {
      listening.start(InetAddress.getLoopbackAddress(), at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return listening;
  }

  @Override
  public void close() {
    server.close();
  }

  // Who the provider is, and whom it knows.

  /** The issuer: an http URL with a path. */
  public String issuer() {
    return "http://127.0.0.1:" + port + PATH;
  }

  /** The address of an endpoint. */
  public String url(Endpoint endpoint) {
    return issuer() + endpoint.path();
  }

  /** The client's identifier, {@code gatekeeper} unless registered anew. */
  public String clientId() {
    return clientId;
  }

  /** The client's secret; empty for a public client. */
  public String clientSecret() {
    return clientSecret;
  }

  String clientAuthentication() {
    return clientAuthentication;
  }

  /** Registers the client anew: {@code way} is client_secret_basic, client_secret_post or none. */
  public FakeProvider registerClient(String id, String secret, String way) {
    clientId = id;
    clientSecret = secret;
    clientAuthentication = way;
    return this;
  }

  /**
   * From now on the user at the provider is this one, with these claims. An email is verified
   * unless they say otherwise.
   */
  public FakeProvider signInAs(String subject, Map<String, Object> claims) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sub", subject);
    all.putAll(claims);
    if (claims.containsKey("email")) {
      all.putIfAbsent("email_verified", true);
    }
    user = Map.copyOf(all);
    return this;
  }

  Map<String, Object> user() {
    return user;
  }

  /** What the user of an earlier login is like now; another user doesn't change that. */
  Map<String, Object> userAtRefresh(Map<String, Object> before) {
    Map<String, Object> now = user;
    return now.get("sub").equals(before.get("sub")) ? now : before;
  }

  /** Moves its clock forward. */
  public FakeProvider advance(Duration duration) {
    ahead.updateAndGet(duration::plus);
    return this;
  }

  /** Its time, in seconds since 1970. */
  long now() {
    return Instant.now().plus(ahead.get()).getEpochSecond();
  }

  /** Refresh tokens stay the same from now on; otherwise each counts once. */
  public FakeProvider keepRefreshTokens() {
    rotatesRefreshTokens = false;
    return this;
  }

  boolean rotatesRefreshTokens() {
    return rotatesRefreshTokens;
  }

  /** No refresh token that it gave so far counts any more. */
  public FakeProvider forgetRefreshTokens() {
    endpoints.forgetRefreshTokens();
    return this;
  }

  /** Whether a refresh token counts. */
  public boolean knowsRefreshToken(String token) {
    return endpoints.knowsRefreshToken(token);
  }

  SigningKeys keys() {
    return keys;
  }

  ProviderFaults faults() {
    return faults;
  }

  // What it was asked.

  void record(Endpoint endpoint, ProviderRequest request) {
    requests.get(endpoint).add(request);
  }

  void recordStray(ProviderRequest request) {
    strays.add(request);
  }

  /** The requests to an endpoint, oldest first. */
  public List<ProviderRequest> requests(Endpoint endpoint) {
    return List.copyOf(requests.get(endpoint));
  }

  /** The requests to addresses that the provider does not have. */
  public List<ProviderRequest> strayRequests() {
    return List.copyOf(strays);
  }

  /** How many requests the token endpoint got. */
  public int tokenRequests() {
    return requests.get(Endpoint.TOKEN).size();
  }

  /** The refresh tokens that came, in their order. */
  public List<String> refreshes() {
    return requests(Endpoint.TOKEN).stream()
        .map(request -> request.parameter("refresh_token"))
        .filter(Objects::nonNull)
        .toList();
  }

  /** How often the metadata was asked for. */
  public int discoveryRequests() {
    return requests.get(Endpoint.DISCOVERY).size();
  }

  /** How often the key set was asked for. */
  public int jwksRequests() {
    return requests.get(Endpoint.JWKS).size();
  }

  /** How many requests the userinfo endpoint got. */
  public int userinfoRequests() {
    return requests.get(Endpoint.USERINFO).size();
  }

  /** The latest authorization request. */
  public ProviderRequest lastAuthorizationRequest() {
    return last(Endpoint.AUTHORIZATION);
  }

  /** The latest token request. */
  public ProviderRequest lastTokenRequest() {
    return last(Endpoint.TOKEN);
  }

  /** The latest request to the end session endpoint. */
  public ProviderRequest lastEndSessionRequest() {
    return last(Endpoint.END_SESSION);
  }

  /** The latest ID token it issued. */
  public String lastIdToken() {
    return lastIdToken;
  }

  /** A logout token in the making; it lacks what it is about, {@code sub} or {@code sid}. */
  public LogoutToken logoutToken() {
    return new LogoutToken(this);
  }

  private ProviderRequest last(Endpoint endpoint) {
    List<ProviderRequest> all = requests(endpoint);
    if (all.isEmpty()) {
      throw new AssertionError("Nothing was asked of the provider's " + endpoint);
    }
    return all.get(all.size() - 1);
  }

  // How it misbehaves.

  /** Ends all misbehaviour; keys that were rotated stay so. */
  public FakeProvider behave() {
    idTokens.behave();
    faults.behave();
    keys.behave();
    synchronized (this) {
      metadata.clear();
      tokenMembers.clear();
      userinfoMembers.clear();
    }
    authorizationResponse = answer -> answer;
    logoutResponse = answer -> answer;
    rotateBeforeSigning = false;
    return this;
  }

  /** ID tokens have this claim, whatever the user's is. */
  public FakeProvider withClaim(String name, Object value) {
    idTokens.claim(name, value);
    return this;
  }

  /** ID tokens lack this claim. */
  public FakeProvider withoutClaim(String name) {
    return withClaim(name, null);
  }

  /** ID tokens have this header parameter. */
  public FakeProvider withHeader(String name, Object value) {
    idTokens.header(name, value);
    return this;
  }

  /** ID tokens lack this header parameter. */
  public FakeProvider withoutHeader(String name) {
    return withHeader(name, null);
  }

  /** ID tokens are signed this way. */
  public FakeProvider signWith(Signing signing) {
    idTokens.signing(signing);
    return this;
  }

  /** The JSON text of ID tokens is changed before it is signed. */
  public FakeProvider withIdTokenPayload(UnaryOperator<String> change) {
    idTokens.payload(change);
    return this;
  }

  /** The compact form of ID tokens is changed after it was signed. */
  public FakeProvider withIdTokenText(UnaryOperator<String> change) {
    idTokens.token(change);
    return this;
  }

  /** Replaces the signing key now; the old one is published no more. */
  public FakeProvider rotateKeys() {
    keys.rotate();
    return this;
  }

  /** Replaces the signing key at the next token request, just before it signs. */
  public FakeProvider rotateKeysBeforeSigning() {
    rotateBeforeSigning = true;
    return this;
  }

  /** Publishes an odd key beside the good one. */
  public FakeProvider publish(OddKey key) {
    keys.publish(key);
    return this;
  }

  /** Neither the published keys nor the ID tokens have a {@code kid}. */
  public FakeProvider withoutKids() {
    keys.withoutKids();
    return this;
  }

  /** Publishes a second sound key, which signs nothing. */
  public FakeProvider withSecondKey() {
    keys.withSecondKey();
    return this;
  }

  /** Publishes a key for ES256 too, by which {@link Signing#ES256} signs. */
  public FakeProvider withEllipticKey() {
    keys.withEllipticKey();
    return this;
  }

  /** The metadata has this member. */
  public synchronized FakeProvider withMetadata(String name, Object value) {
    metadata.put(name, value);
    return this;
  }

  /** The metadata lacks this member. */
  public FakeProvider withoutMetadata(String name) {
    return withMetadata(name, null);
  }

  /** The token response has this member. */
  public synchronized FakeProvider withTokenMember(String name, Object value) {
    tokenMembers.put(name, value);
    return this;
  }

  /** The token response lacks this member. */
  public FakeProvider withoutTokenMember(String name) {
    return withTokenMember(name, null);
  }

  /** The token endpoint refuses with this error code (RFC 6749, section 5.2). */
  public FakeProvider refuseTokens(String error) {
    return answer(
        Endpoint.TOKEN,
        error.equals("invalid_client") ? 401 : 400,
        "application/json",
        IdTokens.write(Map.of("error", error)));
  }

  /** The userinfo response has this member, or lacks it when the value is null. */
  public synchronized FakeProvider withUserinfo(String name, Object value) {
    userinfoMembers.put(name, value);
    return this;
  }

  /** The endpoint gives this answer, whatever it is asked. */
  public FakeProvider answer(Endpoint endpoint, int status, String contentType, String body) {
    faults.answer(endpoint, status, contentType, body);
    return this;
  }

  /** The endpoint redirects. */
  public FakeProvider redirect(Endpoint endpoint, String location) {
    faults.redirect(endpoint, location);
    return this;
  }

  /** The endpoint takes its time before it answers. */
  public FakeProvider delay(Endpoint endpoint, Duration duration) {
    faults.delay(endpoint, duration);
    return this;
  }

  /** The token endpoint takes its time before it answers. */
  public FakeProvider delayTokenResponse(Duration duration) {
    return delay(Endpoint.TOKEN, duration);
  }

  /** The endpoint sends a byte a second. */
  public FakeProvider drip(Endpoint endpoint) {
    faults.drip(endpoint);
    return this;
  }

  /** The endpoint breaks off in the middle of its answer. */
  public FakeProvider truncate(Endpoint endpoint) {
    faults.truncate(endpoint);
    return this;
  }

  /** The endpoint closes the connection instead of answering. */
  public FakeProvider reset(Endpoint endpoint) {
    faults.reset(endpoint);
    return this;
  }

  /** The authorization response lacks this parameter. */
  public FakeProvider withoutAuthorizationParameter(String name) {
    return withAuthorizationResponse(
        answer -> {
          answer.remove(name);
          return answer;
        });
  }

  /** The authorization response has this value of a parameter. */
  public FakeProvider withAuthorizationParameter(String name, String value) {
    return withAuthorizationResponse(
        answer -> {
          answer.put(name, value);
          return answer;
        });
  }

  /** The authorization response is an error instead (RFC 6749, section 4.1.2.1). */
  public FakeProvider denyLogins(String error, String description) {
    return withAuthorizationResponse(
        answer -> {
          answer.remove("code");
          answer.put("error", error);
          answer.put("error_description", description);
          return answer;
        });
  }

  /** The parameters of the authorization response are changed: code, state, iss. */
  public FakeProvider withAuthorizationResponse(UnaryOperator<Map<String, String>> change) {
    authorizationResponse = change;
    return this;
  }

  /** The parameters with which a browser comes back from a sign-out are changed: state. */
  public FakeProvider withLogoutResponse(UnaryOperator<Map<String, String>> change) {
    logoutResponse = change;
    return this;
  }

  /** Connections are refused from now on. */
  public FakeProvider down() {
    server.close();
    return this;
  }

  /** Connections are taken again, at the same port. */
  public FakeProvider up() {
    server = listen(port);
    return this;
  }

  // What the endpoints ask for.

  synchronized Map<String, Object> metadata() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("issuer", issuer());
    all.put("authorization_endpoint", url(Endpoint.AUTHORIZATION));
    all.put("token_endpoint", url(Endpoint.TOKEN));
    all.put("jwks_uri", url(Endpoint.JWKS));
    all.put("userinfo_endpoint", url(Endpoint.USERINFO));
    all.put("end_session_endpoint", url(Endpoint.END_SESSION));
    all.put("revocation_endpoint", url(Endpoint.REVOCATION));
    all.put("response_types_supported", List.of("code"));
    all.put("subject_types_supported", List.of("public"));
    all.put("id_token_signing_alg_values_supported", List.of("RS256"));
    all.put("scopes_supported", List.of("openid", "profile", "email", "groups"));
    all.put("token_endpoint_auth_methods_supported", List.of(clientAuthentication));
    all.put("code_challenge_methods_supported", List.of("S256"));
    all.put("authorization_response_iss_parameter_supported", true);
    all.putAll(metadata);
    return all;
  }

  Map<String, String> alterAuthorizationResponse(Map<String, String> answer) {
    return authorizationResponse.apply(answer);
  }

  Map<String, String> alterLogoutResponse(Map<String, String> answer) {
    return logoutResponse.apply(answer);
  }

  synchronized Map<String, Object> alterTokenResponse(Map<String, Object> answer) {
    answer.putAll(tokenMembers);
    return answer;
  }

  synchronized Map<String, Object> alterUserinfo(Map<String, Object> answer) {
    answer.putAll(userinfoMembers);
    return answer;
  }

  void aboutToSign() {
    if (rotateBeforeSigning) {
      rotateBeforeSigning = false;
      keys.rotate();
    }
  }

  String idToken(Map<String, Object> claims) {
    lastIdToken = idTokens.issue(claims, clientSecret);
    return lastIdToken;
  }
}
