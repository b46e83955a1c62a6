package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import io.gatekeeper.identity.Rejection;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderMetadataTest {
  private static final String HTTPS = "https://id.example.com/op";
  private static final String HTTP = "http://id.example.com/op";

  private static ObjectNode document(String issuer) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("issuer", issuer);
    document.put("authorization_endpoint", issuer + "/authorize");
    document.put("token_endpoint", issuer + "/token");
    document.put("jwks_uri", issuer + "/jwks");
    document.put("userinfo_endpoint", issuer + "/userinfo");
    document.put("end_session_endpoint", issuer + "/logout");
    document.putArray("response_types_supported").add("code");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256").add("HS256");
    return document;
  }

  private static ProviderMetadata parse(ObjectNode document, String issuer)
      throws ProviderException {
    return ProviderMetadata.parse(document.toString(), issuer, null);
  }

  private static void assertUnusable(ObjectNode document, String issuer, String named) {
    ProviderException refusal =
        assertThrows(ProviderException.class, () -> parse(document, issuer), document::toString);
    assertEquals(Rejection.PROVIDER_METADATA, refusal.rejection());
    assertTrue(refusal.detail().contains(named), refusal.detail());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "end_session_endpoint",
      })
  void endpointsOfAnHttpsIssuerAreHttps(String member) throws Exception {
    for (String url :
        new String[] {"http://id.example.com/x", "HTTP://id.example.com/x", "https:///x", "/x"}) {
      assertUnusable(document(HTTPS).put(member, url), HTTPS, member);
    }
    assertUnusable(document(HTTP).put(member, "ftp://id.example.com/x"), HTTP, member);

    parse(document(HTTP), HTTP);
    parse(document(HTTP).put(member, "https://id.example.com/x"), HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
  void whatALoginNeedsIsThere(String member) {
    ObjectNode document = document(HTTPS);
    document.remove(member);

    assertThrows(ProviderException.class, () -> parse(document, HTTPS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.com/op/",
        "https://id.example.com",
        "https://ID.example.com/op",
        "https://evil.example/op",
        "http://id.example.com/op",
      })
  void issuerIsTheConfiguredOneToTheLetter(String issuer) {
    assertUnusable(document(HTTPS).put("issuer", issuer), HTTPS, "issuer");
  }

  @Test
  void onlyAsymmetricAlgorithmsCount() throws Exception {
    assertEquals(Set.of(JWSAlgorithm.RS256), parse(document(HTTPS), HTTPS).idTokenAlgorithms());
    ObjectNode symmetric = document(HTTPS);
    symmetric.putArray("id_token_signing_alg_values_supported").add("HS256").add("none");
    assertUnusable(symmetric, HTTPS, "id_token_signing_alg_values_supported");
  }

  @Test
  void providerWithoutTheCodeFlowIsOfNoUse() {
    ObjectNode implicit = document(HTTPS);
    implicit.putArray("response_types_supported").add("id_token");

    assertUnusable(implicit, HTTPS, "response_types_supported");
  }

  @Test
  void configuredAuthorizationEndpointReplacesTheDocuments() throws Exception {
    URI configured = URI.create("https://app.example.com/dex/auth");

    assertEquals(
        configured,
        ProviderMetadata.parse(document(HTTPS).toString(), HTTPS, configured)
            .authorizationEndpoint());
  }

  @Test
  void whatIsOptionalMayBeMissing() throws Exception {
    ObjectNode document = document(HTTPS);
    document.remove("userinfo_endpoint");
    document.remove("end_session_endpoint");

    ProviderMetadata metadata = parse(document, HTTPS);

    assertNull(metadata.userinfo());
    assertNull(metadata.endSession());
    assertFalse(metadata.issuerInResponse());
  }
}
