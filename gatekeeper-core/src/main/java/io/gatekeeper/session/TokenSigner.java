package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import javax.crypto.Mac;

/**
 * Signs session tokens with one key of the ring; knows the header that they begin with. Safe for
 * use by many threads.
 */
final class TokenSigner {
  private final String header;
  private final Mac ready;

  TokenSigner(String kid, byte[] key) {
    String json =
        "{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"gatekeeper-session+jwt\"}".formatted(kid);
    this.header =
        Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(ISO_8859_1)) + '.';
    this.ready = Hkdf.hmac(key);
  }

  /** The first part of a token, with its dot. */
  String header() {
    return header;
  }

  /** The MAC of the first bytes, as base64url; a copy of the ready one leaves no lock. */
  byte[] sign(byte[] bytes, int length) {
    try {
      Mac mac = (Mac) ready.clone();
      mac.update(bytes, 0, length);
      return Base64.getUrlEncoder().withoutPadding().encode(mac.doFinal());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This platform's HmacSHA256 can't be copied", e);
    }
  }
}
