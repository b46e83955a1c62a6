package io.gatekeeper.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Keys that a provider may publish beside its good one, and that must not spoil the set. */
public enum OddKey {
  /** On a curve that nobody knows. */
  UNKNOWN_CURVE(
      """
      {"kid": "odd-curve", "kty": "EC", "crv": "secp999q1", "x": "AQ", "y": "AQ"}"""),
  /** On a curve that this platform does not support. */
  UNSUPPORTED_CURVE(
      """
      {"kid": "odd-k1", "kty": "EC", "crv": "secp256k1",
       "x": "eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g",
       "y": "SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg"}"""),
  /** A point that is not on its curve. */
  OFF_CURVE(
      """
      {"kid": "odd-point", "kty": "EC", "crv": "P-256",
       "x": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",
       "y": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}"""),
  /** An RSA key without its modulus. */
  RSA_WITHOUT_MODULUS(
      """
      {"kid": "odd-rsa", "kty": "RSA", "e": "AQAB"}"""),
  /** A key type of the time after quantum computers. */
  UNKNOWN_TYPE(
      """
      {"kid": "odd-type", "kty": "AKP", "alg": "ML-DSA-44", "pub": "AQ"}"""),
  /** No key type at all. */
  WITHOUT_TYPE(
      """
      {"kid": "odd-nothing"}"""),
  /** A sound key that is for encryption. */
  FOR_ENCRYPTION(
      """
      {"kid": "odd-use", "kty": "EC", "crv": "P-256", "use": "enc", "alg": "ECDH-ES",
       "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",
       "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}""");

  private final String json;

  OddKey(String json) {
    this.json = json;
  }

  Map<String, Object> jwk() {
    try {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
