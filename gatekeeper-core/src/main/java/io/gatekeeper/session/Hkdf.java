package io.gatekeeper.session;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869): one key for each purpose out of one secret. */
final class Hkdf {
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /**
   * Extract and expand in one step.
   *
   * @param secret the input keying material
   * @param salt the salt; empty for none
   * @param info what the key is for
   * @param length the bytes wanted, at most 255 times 32
   * @return the key
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    byte[] pseudorandomKey = hmac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(secret);
    Mac expand = hmac(pseudorandomKey);
    byte[] key = new byte[length];
    byte[] block = new byte[0];
    int done = 0;
    for (int counter = 1; done < length; counter++) {
      expand.update(block);
      expand.update(info);
      block = expand.doFinal(new byte[] {(byte) counter});
      int take = Math.min(block.length, length - done);
      System.arraycopy(block, 0, key, done, take);
      done += take;
    }
    Arrays.fill(pseudorandomKey, (byte) 0);
    return key;
  }

  /** A ready HMAC-SHA-256; every Java platform has it. */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is required of every Java platform", e);
    }
  }
}
