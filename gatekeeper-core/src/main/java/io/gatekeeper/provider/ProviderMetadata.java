package io.gatekeeper.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.gatekeeper.identity.Rejection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What we use of the provider's metadata, checked.
 *
 * <p>Specification: OpenID Connect Discovery 1.0, sections 3 and 4.3; RFC 9207, section 3.
 *
 * @param issuer the issuer, exactly as configured
 * @param authorizationEndpoint where a login begins
 * @param tokenEndpoint where a code is redeemed
 * @param jwksUri where the keys are
 * @param userinfo the userinfo endpoint, if there is one
 * @param endSession the end-session endpoint, if there is one
 * @param revocation the revocation endpoint (RFC 7009), if there is one
 * @param idTokenAlgorithms the asymmetric algorithms that the provider may sign ID tokens with
 * @param tokenEndpointAuthMethods how a client may authenticate
 * @param issuerInResponse whether each authorization response names its issuer
 */
public record ProviderMetadata(
    String issuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    URI jwksUri,
    @Nullable URI userinfo,
    @Nullable URI endSession,
    @Nullable URI revocation,
    Set<JWSAlgorithm> idTokenAlgorithms,
    Set<ClientAuthenticationMethod> tokenEndpointAuthMethods,
    boolean issuerInResponse) {

  /** RS, PS and ES; a shared secret never signs an ID token, and {@code none} never counts. */
  private static final Set<JWSAlgorithm> ASYMMETRIC =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /**
   * Reads and checks a discovery document.
   *
   * @param json the document
   * @param issuer the issuer that it has to be of
   * @param authorizationEndpoint the endpoint to use in place of the document's, if configured
   * @return the metadata
   * @throws ProviderException when it can't be used, saying which member and what was expected
   */
  static ProviderMetadata parse(String json, String issuer, @Nullable URI authorizationEndpoint)
      throws ProviderException {
    OIDCProviderMetadata document;
    try {
      document = OIDCProviderMetadata.parse(json);
    } catch (ParseException | RuntimeException e) {
      // Nimbus answers an empty member of some lists with an IllegalArgumentException.
      throw unusable(e.getMessage() == null ? "not a discovery document" : e.getMessage());
    }
    if (!issuer.equals(document.getIssuer().getValue())) {
      throw unusable(
          "issuer is %s (expected: %s, to the letter)"
              .formatted(document.getIssuer().getValue(), issuer));
    }
    List<ResponseType> types = document.getResponseTypes();
    if (types != null && !types.contains(ResponseType.CODE)) {
      throw unusable("response_types_supported is " + types + " (expected: code among them)");
    }
    boolean secure = issuer.startsWith("https:");
    URI authorization =
        authorizationEndpoint == null
            ? endpoint("authorization_endpoint", document.getAuthorizationEndpointURI(), secure)
            : authorizationEndpoint;
    return new ProviderMetadata(
        issuer,
        authorization,
        endpoint("token_endpoint", document.getTokenEndpointURI(), secure),
        endpoint("jwks_uri", document.getJWKSetURI(), secure),
        optional("userinfo_endpoint", document.getUserInfoEndpointURI(), secure),
        optional("end_session_endpoint", document.getEndSessionEndpointURI(), secure),
        optional("revocation_endpoint", document.getRevocationEndpointURI(), secure),
        algorithms(document),
        methods(document),
        document.supportsAuthorizationResponseIssuerParam());
  }

  private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata document)
      throws ProviderException {
    List<JWSAlgorithm> listed = document.getIDTokenJWSAlgs();
    Set<JWSAlgorithm> usable =
        listed == null
            ? Set.of(JWSAlgorithm.RS256)
            : listed.stream().filter(ASYMMETRIC::contains).collect(Collectors.toSet());
    if (usable.isEmpty()) {
      throw unusable(
          "id_token_signing_alg_values_supported is %s (expected: one of %s)"
              .formatted(listed, ASYMMETRIC));
    }
    return Set.copyOf(usable);
  }

  private static Set<ClientAuthenticationMethod> methods(OIDCProviderMetadata document) {
    List<ClientAuthenticationMethod> listed = document.getTokenEndpointAuthMethods();
    return listed == null
        ? Set.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        : Set.copyOf(listed);
  }

  private static URI endpoint(String member, @Nullable URI uri, boolean secure)
      throws ProviderException {
    URI endpoint = optional(member, uri, secure);
    if (endpoint == null) {
      throw unusable(member + " is missing");
    }
    return endpoint;
  }

  private static @Nullable URI optional(String member, @Nullable URI uri, boolean secure)
      throws ProviderException {
    if (uri == null) {
      return null;
    }
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
    boolean fits = scheme.equals("https") || (!secure && scheme.equals("http"));
    if (!fits || uri.getHost() == null) {
      throw unusable(
          "%s is %s (expected: an absolute %s URL)"
              .formatted(member, uri, secure ? "https" : "http or https"));
    }
    return uri;
  }

  private static ProviderException unusable(String detail) {
    return new ProviderException(Rejection.PROVIDER_METADATA, "provider metadata: " + detail);
  }
}
