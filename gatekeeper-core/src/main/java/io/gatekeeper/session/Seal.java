package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what travels through a browser that must neither read nor change it: AES-256-GCM (NIST SP
 * 800-38D) under a key and nonce derived from the secret, the purpose and a random salt. A salt is
 * used once, so no nonce ever repeats under a key. Safe for use by many threads.
 *
 * <p>A sealed text is base64url of: version, key id, salt, ciphertext with tag.
 */
public final class Seal {
  /** The bytes of a salt. */
  public static final int SALT_LENGTH = 16;

  private static final byte VERSION = 1;
  private static final int HEADER_LENGTH = 1 + SessionKeys.Key.ID_LENGTH;
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private final SessionKeys keys;
  private final String purpose;

  /**
   * A seal for one purpose.
   *
   * @param keys the ring
   * @param purpose what it is for; what was sealed for another purpose doesn't open
   */
  public Seal(SessionKeys keys, String purpose) {
    this.keys = keys;
    this.purpose = purpose;
  }

  /**
   * A salt for one sealing.
   *
   * @param random where it comes from
   * @return {@link #SALT_LENGTH} random bytes
   */
  public static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * What a sealed text held.
   *
   * @param salt the salt it was sealed with
   * @param content what was sealed
   * @param key the key that sealed it
   */
  @SuppressWarnings("ArrayRecordComponent") // Read at once, never compared or kept.
  public record Opened(byte[] salt, byte[] content, SessionKeys.Key key) {}

  /**
   * The key that {@link #close} uses now.
   *
   * @return the key of the ring that signs now
   */
  public SessionKeys.Key key() {
    return keys.signing();
  }

  /**
   * Seals.
   *
   * @param key a key of the ring
   * @param salt {@link #SALT_LENGTH} random bytes, never used before
   * @param content what to seal
   * @return the sealed text, of base64url characters
   */
  public String close(SessionKeys.Key key, byte[] salt, byte[] content) {
    byte[] header = ByteBuffer.allocate(HEADER_LENGTH).put(VERSION).put(key.id()).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, salt, header).doFinal(content);
      byte[] all =
          ByteBuffer.allocate(header.length + salt.length + sealed.length)
              .put(header)
              .put(salt)
              .put(sealed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is required of every Java platform", e);
    }
  }

  /**
   * Opens.
   *
   * @param text the text; anything at all may be in it
   * @return what it holds; empty when it was not sealed for this purpose by a key of the ring
   */
  public Optional<Opened> open(String text) {
    return decode(text).flatMap(this::open);
  }

  private Optional<Opened> open(byte[] all) {
    if (all.length < HEADER_LENGTH + SALT_LENGTH + TAG_BITS / 8 || all[0] != VERSION) {
      return Optional.empty();
    }
    byte[] header = Arrays.copyOf(all, HEADER_LENGTH);
    byte[] salt = Arrays.copyOfRange(all, HEADER_LENGTH, HEADER_LENGTH + SALT_LENGTH);
    int offset = HEADER_LENGTH + SALT_LENGTH;
    return keys.find(Arrays.copyOfRange(header, 1, HEADER_LENGTH))
        .flatMap(key -> decrypt(key, salt, header, all, offset));
  }

  private Optional<Opened> decrypt(
      SessionKeys.Key key, byte[] salt, byte[] header, byte[] all, int offset) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, salt, header);
      return Optional.of(new Opened(salt, cipher.doFinal(all, offset, all.length - offset), key));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is required of every Java platform", e);
    }
  }

  private Cipher cipher(int mode, SessionKeys.Key key, byte[] salt, byte[] header)
      throws GeneralSecurityException {
    byte[] derived = key.derive(purpose, salt, KEY_LENGTH + NONCE_LENGTH);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(derived, 0, KEY_LENGTH, "AES"),
        new GCMParameterSpec(TAG_BITS, derived, KEY_LENGTH, NONCE_LENGTH));
    cipher.updateAAD(header);
    return cipher;
  }

  /** Strict: the one spelling that encoding gives, so that no two texts open to one content. */
  private static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(US_ASCII));
      boolean canonical =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
      return canonical ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
