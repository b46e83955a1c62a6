package io.gatekeeper.testing;

/** How the {@link FakeProvider} signs its ID tokens. */
public enum Signing {
  /** RS256 with the published key: as it should be. */
  RS256("RS256"),
  /** RS256 with a key that is not published, under the published key's {@code kid}. */
  FOREIGN_KEY("RS256"),
  /** ES256 with a key that is not published. */
  ES256("ES256"),
  /** HS256 with the client secret. */
  HS256_CLIENT_SECRET("HS256"),
  /** HS256 with the DER bytes of the public key. */
  HS256_PUBLIC_KEY_DER("HS256"),
  /** HS256 with the PEM text of the public key. */
  HS256_PUBLIC_KEY_PEM("HS256"),
  /** HS256 with the JWK text of the public key. */
  HS256_PUBLIC_KEY_JWK("HS256"),
  /** No signature. */
  NONE("none"),
  /** No signature, spelled so that a comparison by case overlooks it. */
  NONE_MIXED_CASE("nOnE"),
  /** RS256 in the header and no signature. */
  EMPTY("RS256"),
  /** The right signature with one bit changed. */
  DAMAGED("RS256");

  private final String algorithm;

  Signing(String algorithm) {
    this.algorithm = algorithm;
  }

  String algorithm() {
    return algorithm;
  }
}
