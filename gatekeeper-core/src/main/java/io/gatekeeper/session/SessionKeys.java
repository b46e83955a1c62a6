package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The ring of session secrets, in order: all of them verify and open, the first signs and seals.
 * Each purpose has a key of its own, so that what was made for one never passes for another.
 * Immutable and safe for use by many threads.
 */
public final class SessionKeys {
  private static final byte[] NO_SALT = {};
  private final List<Key> keys;

  private SessionKeys(List<Key> keys) {
    this.keys = keys;
  }

  /**
   * The ring of these secrets.
   *
   * @param secrets the secrets, at least one, the one that signs first
   * @return the ring
   */
  public static SessionKeys of(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("session-secrets: none (expected: at least one)");
    }
    return new SessionKeys(
        secrets.stream().map(secret -> new Key(secret.getBytes(UTF_8))).toList());
  }

  /**
   * The ring of one secret that nobody else has: sessions end with the process.
   *
   * @param random where the secret comes from
   * @return the ring
   */
  public static SessionKeys random(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new SessionKeys(List.of(new Key(secret)));
  }

  /** The key that signs and seals. */
  Key first() {
    return keys.get(0);
  }

  /** All keys, in order. */
  List<Key> all() {
    return keys;
  }

  /** The key of this id. */
  Optional<Key> find(byte[] id) {
    return keys.stream().filter(key -> Arrays.equals(key.id, id)).findFirst();
  }

  /** One secret of the ring. */
  public static final class Key {
    /** How many bytes of the secret's hash tell it from the others. */
    static final int ID_LENGTH = 6;

    private final byte[] secret;
    private final byte[] id;

    private Key(byte[] secret) {
      this.secret = secret;
      this.id = derive("kid", NO_SALT, ID_LENGTH);
    }

    byte[] id() {
      return id.clone();
    }

    /** The id as text: the {@code kid} of a session token. */
    String kid() {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** A key for one purpose, and with a salt for one use of it. */
    byte[] derive(String purpose, byte[] salt, int length) {
      return Hkdf.derive(secret, salt, ("gatekeeper " + purpose).getBytes(UTF_8), length);
    }

    /**
     * A value that only a holder of the secret can compute: HMAC-SHA-256 over the parts, each with
     * its length before it, under the purpose's own key.
     *
     * @param purpose what the value is for
     * @param parts what it depends on
     * @return 43 characters of base64url
     */
    public String proof(String purpose, byte[]... parts) {
      byte[] mac = Hkdf.hmac(derive(purpose, NO_SALT, 32)).doFinal(LengthPrefixed.join(parts));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /** Never the secret. */
    @Override
    public String toString() {
      return "Key[" + kid() + "]";
    }
  }
}
