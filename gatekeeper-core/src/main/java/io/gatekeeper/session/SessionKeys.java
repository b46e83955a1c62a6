package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ring of session secrets, newest first: all of them verify and open, one signs and seals. Each
 * purpose has a key of its own, so that what was made for one never passes for another.
 *
 * <p>A secret signs once this process has known it for some time, so that the other replicas know
 * it too when they meet what it signed. The newest that has been known for so long signs; where
 * none has, as after a start, the second does, which the others know for sure, or the only one.
 *
 * <p>Safe for use by many threads. Who reads takes no lock and sees one ring or the next, whole.
 */
public final class SessionKeys {
  private static final byte[] NO_SALT = {};
  private final Duration delay;
  private final Clock clock;
  private volatile List<Key> keys = List.of();

  /**
   * A ring whose secrets can be replaced.
   *
   * @param secrets the secrets, at least one, newest first
   * @param delay for how long a secret is known before it signs
   * @param clock what that time is taken from
   */
  public SessionKeys(List<String> secrets, Duration delay, Clock clock) {
    this.delay = delay;
    this.clock = clock;
    replace(secrets);
  }

  /**
   * A ring whose first secret signs from the beginning.
   *
   * @param secrets the secrets, at least one, the one that signs first
   * @return the ring
   */
  public static SessionKeys of(List<String> secrets) {
    return new SessionKeys(secrets, Duration.ZERO, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
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
    return of(List.of(Base64.getEncoder().encodeToString(secret)));
  }

  /**
   * Goes on with these secrets. One that was in the ring already counts as known since then; what
   * one that is no longer among them has signed or sealed is worth nothing from now on.
   *
   * @param secrets the secrets, at least one, newest first
   */
  public synchronized void replace(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("session-secrets: none (expected: at least one)");
    }
    Instant now = clock.instant();
    keys = secrets.stream().map(secret -> known(secret.getBytes(UTF_8), now)).toList();
  }

  private Key known(byte[] secret, Instant now) {
    return keys.stream()
        .filter(key -> Arrays.equals(key.secret, secret))
        .findFirst()
        .orElseGet(() -> new Key(secret, now));
  }

  /** The key that signs and seals now. */
  Key signing() {
    List<Key> ring = keys;
    Instant latest = clock.instant().minus(delay);
    for (Key key : ring) {
      if (!key.known.isAfter(latest)) {
        return key;
      }
    }
    return ring.get(Math.min(1, ring.size() - 1));
  }

  /** All keys, in order. */
  List<Key> all() {
    return keys;
  }

  /** The ids, none of which is a secret: every token shows the one of its key. */
  @Override
  public String toString() {
    return keys.stream().map(Key::kid).collect(Collectors.joining(", "));
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
    private final Instant known;
    private final TokenSigner tokenSigner;

    private Key(byte[] secret, Instant known) {
      this.secret = secret;
      this.id = derive("kid", NO_SALT, ID_LENGTH);
      this.known = known;
      this.tokenSigner = new TokenSigner(kid(), derive("session token", NO_SALT, 32));
    }

    byte[] id() {
      return id.clone();
    }

    /** The id as text: the {@code kid} of a session token. */
    String kid() {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Made once, for every request needs it. */
    TokenSigner tokenSigner() {
      return tokenSigner;
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
