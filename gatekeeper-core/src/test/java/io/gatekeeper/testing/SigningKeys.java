package io.gatekeeper.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The provider's keys, and the set of them that it publishes. Safe for use by many threads. */
final class SigningKeys {
  // Shared by all providers of a test run: making RSA keys is slow.
  private static final ECKey ELLIPTIC = generateElliptic();
  private static final RSAKey FOREIGN = generate();
  private static final RSAKey FIRST = generate();

  private final List<Map<String, Object>> odd = new ArrayList<>();
  private RSAKey current = FIRST;
  private boolean kids = true;
  private boolean second;
  private boolean ellipticToo;

  synchronized RSAKey current() {
    return current;
  }

  /** A key of the same kind that the provider does not publish. */
  RSAKey foreign() {
    return FOREIGN;
  }

  ECKey elliptic() {
    return ELLIPTIC;
  }

  synchronized String kid() {
    return kids ? current.getKeyID() : null;
  }

  synchronized void rotate() {
    current = generate();
  }

  synchronized void publish(OddKey key) {
    odd.add(key.jwk());
  }

  synchronized void withoutKids() {
    kids = false;
  }

  synchronized void withSecondKey() {
    second = true;
  }

  synchronized void withEllipticKey() {
    ellipticToo = true;
  }

  synchronized void behave() {
    odd.clear();
    kids = true;
    second = false;
    ellipticToo = false;
  }

  /** The set as it is published (RFC 7517, section 5), the odd keys first. */
  synchronized Map<String, Object> published() {
    List<Object> keys = new ArrayList<>(odd);
    if (second) {
      keys.add(jwk(FOREIGN.toPublicJWK(), "RS256"));
    }
    if (ellipticToo) {
      keys.add(jwk(ELLIPTIC.toPublicJWK(), "ES256"));
    }
    keys.add(jwk(current.toPublicJWK(), "RS256"));
    return Map.of("keys", keys);
  }

  private Map<String, Object> jwk(JWK key, String algorithm) {
    Map<String, Object> json = key.toJSONObject();
    if (!kids) {
      json.remove("kid");
    }
    json.put("use", "sig");
    json.put("alg", algorithm);
    return json;
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey generateElliptic() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
