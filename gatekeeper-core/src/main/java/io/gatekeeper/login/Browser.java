package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.SessionKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A browser, known by a random secret in a small cookie. What a login sends to the provider follows
 * from the secret, so only that browser can bring the login to its end, and nothing has to be kept.
 *
 * @param id a short random text that names the cookie
 * @param secret 256 random bits in base64url
 */
record Browser(String id, String secret) {
  /** What ties a login to this browser, to our client and to one redirect URI. */
  byte[] binding(String issuer, String clientId, String redirectUri) {
    byte[] input =
        LengthPrefixed.join(
            "gatekeeper login binding".getBytes(UTF_8),
            issuer.getBytes(UTF_8),
            clientId.getBytes(UTF_8),
            redirectUri.getBytes(UTF_8),
            secret.getBytes(ISO_8859_1));
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }

  /** The login's nonce (OpenID Connect Core 1.0, section 15.5.2). */
  String nonce(SessionKeys.Key key, String login) {
    return proof(key, "login nonce", login);
  }

  /** The login's code verifier (RFC 7636, section 4.1): 43 characters. */
  String codeVerifier(SessionKeys.Key key, String login) {
    return proof(key, "login code verifier", login);
  }

  private String proof(SessionKeys.Key key, String purpose, String login) {
    return key.proof(purpose, Base64.getUrlDecoder().decode(login), secret.getBytes(ISO_8859_1));
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Browser[" + id + "]";
  }
}
