package io.gatekeeper.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;

/**
 * Verifies ID tokens: the signature and header on Nimbus, each claim here and by the injected
 * clock. What the verifier was not told to expect is rejected. Blocking where the keys have to be
 * fetched; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Core 1.0, sections 2, 3.1.3.7 and 3.1.3.8; RFC 8725.
 */
public final class IdTokenVerifier {
  /** The longest token that is looked at, in characters. */
  static final int LONGEST = 64 * 1024;

  /** How old an ID token may be that was asked for a moment ago. */
  static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST_SUBJECT = 255;
  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String clientId;
  private final Set<String> trustedAudiences;
  private final Duration clockSkew;
  private final Clock clock;
  private final ProviderHttp http;
  private final ExecutorService executor;
  private final ConcurrentHashMap<URI, JWKSource<SecurityContext>> keys = new ConcurrentHashMap<>();

  /**
   * A verifier for one client.
   *
   * @param clientId the client, which the token has to be for
   * @param trustedAudiences what may be in {@code aud} beside the client
   * @param clockSkew how much the provider's clock may differ from ours
   * @param clock our clock
   * @param http the way to the keys
   * @param executor refreshes the keys in the background
   */
  public IdTokenVerifier(
      String clientId,
      Set<String> trustedAudiences,
      Duration clockSkew,
      Clock clock,
      ProviderHttp http,
      ExecutorService executor) {
    this.clientId = clientId;
    this.trustedAudiences = Set.copyOf(trustedAudiences);
    this.clockSkew = clockSkew;
    this.clock = clock;
    this.http = http;
    this.executor = executor;
  }

  /**
   * Verifies an ID token that came from the token endpoint.
   *
   * @param metadata the provider's metadata
   * @param idToken the token
   * @param nonce the nonce of the authorization request
   * @param accessToken the access token that came with it
   * @return the token, verified
   * @throws ProviderException when any check fails, saying which
   */
  public VerifiedIdToken verify(
      ProviderMetadata metadata, String idToken, String nonce, AccessToken accessToken)
      throws ProviderException {
    if (idToken.length() > LONGEST || !COMPACT_JWS.matcher(idToken).matches()) {
      throw malformed("no compact JWS of at most " + LONGEST + " characters");
    }
    SignedJWT signed = signature(metadata, idToken);
    ObjectNode claims = claims(signed);
    issuer(claims, metadata);
    audience(claims);
    times(claims);
    subject(claims);
    nonce(claims, nonce);
    accessTokenHash(signed, claims, accessToken);
    return new VerifiedIdToken(claims, idToken);
  }

  /** Steps 6 to 8, with the types and critical headers of RFC 7515 and RFC 8725. */
  private SignedJWT signature(ProviderMetadata metadata, String idToken) throws ProviderException {
    try {
      SignedJWT signed = SignedJWT.parse(idToken);
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(metadata.idTokenAlgorithms(), keys(metadata.jwksUri())));
      processor.setJWTClaimsSetVerifier((claims, context) -> {});
      processor.process(signed, null);
      return signed;
    } catch (ParseException e) {
      throw malformed("header or payload is not JSON");
    } catch (RateLimitReachedException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE,
          "the provider's keys: fetched twice a moment ago, and the ID token's is not among them",
          e);
    } catch (KeySourceException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "the provider's keys: " + e.getMessage(), e);
    } catch (BadJOSEException | JOSEException e) {
      throw new ProviderException(
          Rejection.ID_TOKEN_SIGNATURE,
          "ID token: no trusted signature (%s; expected one of %s by a key of %s)"
              .formatted(e.getMessage(), metadata.idTokenAlgorithms(), metadata.jwksUri()),
          e);
    }
  }

  private JWKSource<SecurityContext> keys(URI uri) {
    return keys.computeIfAbsent(uri, address -> ProviderKeys.at(address, http, executor));
  }

  /** Read once more and strictly: no claim twice, nothing but JSON. */
  private static ObjectNode claims(SignedJWT signed) throws ProviderException {
    try {
      JsonNode claims = JSON.readTree(signed.getPayload().toBytes());
      if (claims instanceof ObjectNode object) {
        return object;
      }
      throw malformed("the payload is no object");
    } catch (JsonProcessingException e) {
      throw malformed("the payload is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    }
  }

  /** Step 2. */
  private static void issuer(ObjectNode claims, ProviderMetadata metadata)
      throws ProviderException {
    if (!metadata.issuer().equals(claims.path("iss").textValue())) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ISSUER, "ID token: iss is not " + metadata.issuer());
    }
  }

  /** Steps 3 to 5. */
  private void audience(ObjectNode claims) throws ProviderException {
    List<String> audiences = audiences(claims.path("aud"));
    if (!audiences.contains(clientId)
        || !audiences.stream()
            .allMatch(each -> each.equals(clientId) || trustedAudiences.contains(each))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUDIENCE,
          "ID token: aud is not the client alone (see client-id, trusted-audiences)");
    }
    JsonNode authorizedParty = claims.path("azp");
    if (!authorizedParty.isMissingNode() && !clientId.equals(authorizedParty.textValue())) {
      throw new ProviderException(
          Rejection.ID_TOKEN_AUTHORIZED_PARTY, "ID token: azp is not the client");
    }
  }

  private static List<String> audiences(JsonNode claim) throws ProviderException {
    List<String> audiences = new ArrayList<>();
    for (JsonNode each : claim.isArray() ? claim : List.of(claim)) {
      if (!each.isTextual()) {
        throw new ProviderException(
            Rejection.ID_TOKEN_AUDIENCE, "ID token: aud is neither a text nor an array of texts");
      }
      audiences.add(each.textValue());
    }
    return audiences;
  }

  /** Steps 9 and 10, and nbf (RFC 7519, section 4.1.5). */
  private void times(ObjectNode claims) throws ProviderException {
    Instant now = clock.instant();
    Instant expires = time(claims, "exp", Rejection.ID_TOKEN_EXPIRED);
    if (!now.isBefore(expires.plus(clockSkew))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_EXPIRED,
          "ID token: expired %d s ago by this clock".formatted(seconds(expires, now)));
    }
    Instant issued = time(claims, "iat", Rejection.ID_TOKEN_ISSUED_AT);
    if (issued.isAfter(now.plus(clockSkew))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ISSUED_AT,
          "ID token: iat is %d s ahead of this clock (clock-skew: %s)"
              .formatted(seconds(now, issued), clockSkew));
    }
    if (issued.isBefore(now.minus(OLDEST).minus(clockSkew))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ISSUED_AT,
          "ID token: issued %d s ago by this clock (expected: less than %s)"
              .formatted(seconds(issued, now), OLDEST));
    }
    if (claims.has("nbf")
        && time(claims, "nbf", Rejection.ID_TOKEN_ISSUED_AT).isAfter(now.plus(clockSkew))) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ISSUED_AT, "ID token: nbf is ahead of this clock");
    }
  }

  private static Instant time(ObjectNode claims, String claim, Rejection otherwise)
      throws ProviderException {
    return VerifiedIdToken.time(claims, claim)
        .orElseThrow(() -> new ProviderException(otherwise, "ID token: " + claim + " is no time"));
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  /** Section 2: at most 255 ASCII characters; of those, the printable ones. */
  private static void subject(ObjectNode claims) throws ProviderException {
    String subject = claims.path("sub").textValue();
    if (subject == null
        || subject.isEmpty()
        || subject.length() > LONGEST_SUBJECT
        || !subject.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new ProviderException(
          Rejection.ID_TOKEN_SUBJECT,
          "ID token: sub is no text of 1 to " + LONGEST_SUBJECT + " ASCII characters");
    }
  }

  /** Step 11. */
  private static void nonce(ObjectNode claims, String expected) throws ProviderException {
    String nonce = claims.path("nonce").textValue();
    if (nonce == null || !MessageDigest.isEqual(ascii(nonce), ascii(expected))) {
      throw new ProviderException(Rejection.ID_TOKEN_NONCE, "ID token: nonce is not the login's");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Section 3.1.3.8: optional, but right where it is there. */
  private static void accessTokenHash(SignedJWT signed, ObjectNode claims, AccessToken accessToken)
      throws ProviderException {
    JsonNode hash = claims.path("at_hash");
    if (hash.isMissingNode()) {
      return;
    }
    try {
      AccessTokenValidator.validate(
          accessToken, signed.getHeader().getAlgorithm(), new AccessTokenHash(hash.asText()));
    } catch (InvalidHashException | IllegalArgumentException e) {
      throw new ProviderException(
          Rejection.ID_TOKEN_ACCESS_TOKEN_HASH, "ID token: at_hash is not the access token's", e);
    }
  }

  private static ProviderException malformed(String detail) {
    return new ProviderException(Rejection.ID_TOKEN_MALFORMED, "ID token: " + detail);
  }
}
