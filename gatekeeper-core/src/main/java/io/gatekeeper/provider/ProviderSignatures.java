package io.gatekeeper.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what the provider signs, on Nimbus: the signature, the type and the critical headers.
 * One for all kinds of tokens, since their keys are the same. Blocking where the keys have to be
 * fetched; safe for use by many threads.
 *
 * <p>Specification: RFC 7515, RFC 8725.
 */
public final class ProviderSignatures {
  /** The longest token that is looked at, in characters. */
  static final int LONGEST = 64 * 1024;

  static final Kind ID_TOKEN =
      new Kind(
          "ID token",
          types(JOSEObjectType.JWT, null),
          Rejection.ID_TOKEN_MALFORMED,
          Rejection.ID_TOKEN_SIGNATURE);

  /** Section 2.4 recommends a type of its own; many providers still write the general one. */
  static final Kind LOGOUT_TOKEN =
      new Kind(
          "logout token",
          types(new JOSEObjectType("logout+jwt"), JOSEObjectType.JWT, null),
          Rejection.LOGOUT_TOKEN_INVALID,
          Rejection.LOGOUT_TOKEN_INVALID);

  private static final Pattern COMPACT_JWS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ProviderHttp http;
  private final ExecutorService executor;
  private final @Nullable JWSAlgorithm registered;
  private final ConcurrentHashMap<URI, JWKSource<SecurityContext>> keys = new ConcurrentHashMap<>();

  /**
   * What a token is called, which types it may say that it is of, and how it is refused.
   *
   * @param name in messages
   * @param types the values of {@code typ}
   * @param malformed where it is no token
   * @param signature where its signature or its header can't be trusted
   */
  record Kind(
      String name,
      DefaultJOSEObjectTypeVerifier<SecurityContext> types,
      Rejection malformed,
      Rejection signature) {
    ProviderException malformed(String detail) {
      return new ProviderException(malformed, name + ": " + detail);
    }
  }

  /**
   * Claims below a good signature; none of them is judged yet.
   *
   * @param algorithm of the signature
   * @param claims the claims
   */
  record SignedClaims(JWSAlgorithm algorithm, ObjectNode claims) {}

  /**
   * Signatures of one provider.
   *
   * @param http the way to the keys
   * @param executor refreshes the keys in the background
   * @param registered the one algorithm that the client is registered for ({@code
   *     id_token_signed_response_alg}); null for any that the metadata list
   */
  public ProviderSignatures(
      ProviderHttp http, ExecutorService executor, @Nullable String registered) {
    this.http = http;
    this.executor = executor;
    this.registered = registered == null ? null : JWSAlgorithm.parse(registered);
  }

  @SuppressWarnings("NullAway")
  private static DefaultJOSEObjectTypeVerifier<SecurityContext> types(
      @Nullable JOSEObjectType... types) {
    return new DefaultJOSEObjectTypeVerifier<>(types);
  }

  /** OpenID Connect Core 1.0, section 3.1.3.7, steps 6 to 8. */
  SignedClaims verify(Kind kind, ProviderMetadata metadata, String token) throws ProviderException {
    if (token.length() > LONGEST || !COMPACT_JWS.matcher(token).matches()) {
      throw kind.malformed("no compact JWS of at most " + LONGEST + " characters");
    }
    SignedJWT signed = signature(kind, metadata, token);
    return new SignedClaims(signed.getHeader().getAlgorithm(), claims(kind, signed));
  }

  private SignedJWT signature(Kind kind, ProviderMetadata metadata, String token)
      throws ProviderException {
    Set<JWSAlgorithm> algorithms = algorithms(metadata);
    try {
      SignedJWT signed = SignedJWT.parse(token);
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier(kind.types());
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(algorithms, keys(metadata.jwksUri())));
      processor.setJWTClaimsSetVerifier((claims, context) -> {});
      processor.process(signed, null);
      return signed;
    } catch (ParseException e) {
      throw kind.malformed("header or payload is not JSON");
    } catch (RateLimitReachedException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE,
          "the provider's keys: fetched twice a moment ago, and the %s's is not among them"
              .formatted(kind.name()),
          e);
    } catch (KeySourceException e) {
      throw new ProviderException(
          Rejection.PROVIDER_UNAVAILABLE, "the provider's keys: " + e.getMessage(), e);
    } catch (BadJOSEException | JOSEException e) {
      throw new ProviderException(
          kind.signature(),
          "%s: no trusted signature (%s; expected one of %s by a key of %s)"
              .formatted(kind.name(), e.getMessage(), algorithms, metadata.jwksUri()),
          e);
    }
  }

  private Set<JWSAlgorithm> algorithms(ProviderMetadata metadata) {
    return registered == null ? metadata.idTokenAlgorithms() : Set.of(registered);
  }

  private JWKSource<SecurityContext> keys(URI uri) {
    return keys.computeIfAbsent(uri, address -> ProviderKeys.at(address, http, executor));
  }

  /** Read once more and strictly: no claim twice, nothing but JSON. */
  private static ObjectNode claims(Kind kind, SignedJWT signed) throws ProviderException {
    try {
      JsonNode claims = JSON.readTree(signed.getPayload().toBytes());
      if (claims instanceof ObjectNode object) {
        return object;
      }
      throw kind.malformed("the payload is no object");
    } catch (JsonProcessingException e) {
      throw kind.malformed("the payload is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    }
  }
}
