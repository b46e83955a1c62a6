package io.gatekeeper.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes ID tokens, right ones and wrong ones. Safe for use by many threads. */
final class IdTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SigningKeys keys;
  private final Map<String, Object> claims = new HashMap<>();
  private final Map<String, Object> headers = new HashMap<>();
  private UnaryOperator<String> payload = text -> text;
  private UnaryOperator<String> token = text -> text;
  private Signing signing = Signing.RS256;

  IdTokens(SigningKeys keys) {
    this.keys = keys;
  }

  /** Null takes the claim away. */
  synchronized void claim(String name, Object value) {
    claims.put(name, value);
  }

  /** Null takes the header parameter away. */
  synchronized void header(String name, Object value) {
    headers.put(name, value);
  }

  synchronized void payload(UnaryOperator<String> change) {
    payload = change;
  }

  synchronized void token(UnaryOperator<String> change) {
    token = change;
  }

  synchronized void signing(Signing how) {
    signing = how;
  }

  synchronized void behave() {
    claims.clear();
    headers.clear();
    payload = text -> text;
    token = text -> text;
    signing = Signing.RS256;
  }

  synchronized String issue(Map<String, Object> right, String clientSecret) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", signing.algorithm());
    header.put("kid", keys.kid());
    header.put("typ", "JWT");
    header.putAll(headers);
    Map<String, Object> body = new LinkedHashMap<>(right);
    body.putAll(claims);
    String input = encode(write(header)) + "." + encode(payload.apply(write(body)));
    return token.apply(input + "." + sign(input, clientSecret));
  }

  /** What a token says that it is signed by. */
  static String algorithm(String token) {
    try {
      return JWSHeader.parse(new Base64URL(token.split("\\.", -1)[0])).getAlgorithm().getName();
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private String sign(String input, String clientSecret) {
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    try {
      return switch (signing) {
        case RS256 -> rsa(bytes, keys.current());
        case FOREIGN_KEY -> rsa(bytes, keys.foreign());
        case DAMAGED -> damage(rsa(bytes, keys.current()));
        case ES256 ->
            new ECDSASigner(keys.elliptic())
                .sign(new JWSHeader(JWSAlgorithm.ES256), bytes)
                .toString();
        case HS256_CLIENT_SECRET -> mac(bytes, clientSecret.getBytes(StandardCharsets.UTF_8));
        case HS256_PUBLIC_KEY_DER -> mac(bytes, der());
        case HS256_PUBLIC_KEY_PEM -> mac(bytes, pem().getBytes(StandardCharsets.US_ASCII));
        case HS256_PUBLIC_KEY_JWK ->
            mac(
                bytes,
                keys.current().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
        case NONE, NONE_MIXED_CASE, EMPTY -> "";
      };
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String rsa(byte[] input, com.nimbusds.jose.jwk.RSAKey key) throws JOSEException {
    return new RSASSASigner(key).sign(new JWSHeader(JWSAlgorithm.RS256), input).toString();
  }

  private static String mac(byte[] input, byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return Base64URL.encode(mac.doFinal(input)).toString();
  }

  private static String damage(String signature) {
    byte[] bytes = new Base64URL(signature).decode();
    bytes[bytes.length / 2] ^= 1;
    return Base64URL.encode(bytes).toString();
  }

  private byte[] der() throws JOSEException {
    return keys.current().toRSAPublicKey().getEncoded();
  }

  private String pem() throws JOSEException {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String encode(String text) {
    return Base64URL.encode(text).toString();
  }

  /** Writes what has a value. */
  static String write(Map<String, Object> members) {
    Map<String, Object> there = new LinkedHashMap<>(members);
    there.values().removeIf(value -> value == null);
    try {
      return JSON.writeValueAsString(there);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
