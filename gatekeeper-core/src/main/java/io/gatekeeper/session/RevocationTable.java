package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revocations in little memory: of each its kind, 128 bits of a hash, the moment and the end, some
 * 80 bytes in all. Looking is free of locks, and costs one volatile read while there are none.
 *
 * <p>It holds so many. One more, and a sixteenth gives way: those that would be forgotten first. In
 * their place every session that ends no later than the last of them counts no more. So what was
 * revoked stays so, and the others who lose a session are those who would have lost it soonest. All
 * times are seconds since 1970.
 */
final class RevocationTable {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationTable.class);

  private static final int GIVES_WAY = 16;
  private static final long SWEEP_SECONDS = 60;

  /** What fits into 32 bits: until 2106. */
  private static final long LATEST = 0xFFFF_FFFFL;

  private final int most;
  private final ConcurrentHashMap<Entry, Entry> entries = new ConcurrentHashMap<>();
  private volatile int kinds;
  private volatile long endsEarly;
  private long swept;

  /** What is revoked, each in a name space of its own. */
  enum Kind {
    SESSION(1),
    PROVIDER_SESSION(2),
    PROVIDER_SUBJECT(4),
    SUBJECT(8),
    EVERYBODY(16),
    ENDS_EARLY(32);

    private final int bit;

    Kind(int bit) {
      this.bit = bit;
    }
  }

  RevocationTable(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return kinds == 0;
  }

  int size() {
    return entries.size();
  }

  /** Whether a session of this end gave way to others. */
  boolean endsEarly(long end) {
    return has(Kind.ENDS_EARLY) && end <= endsEarly;
  }

  /** Whether there is one of this kind and key whose moment is not before this one. */
  boolean covers(Kind kind, long moment, String... key) {
    if (!has(kind)) {
      return false;
    }
    Entry found = entries.get(new Entry(kind, 0, 0, key));
    return found != null && moment <= Integer.toUnsignedLong(found.moment);
  }

  private boolean has(Kind kind) {
    return (kinds & kind.bit) != 0;
  }

  /** Adds one, unless it can't matter any more; of two for one key the later times count. */
  synchronized void add(long now, Kind kind, long moment, long until, String... key) {
    if (until <= now) {
      return;
    }
    if (now >= swept + SWEEP_SECONDS) {
      swept = now;
      forget(now, now < endsEarly);
    }
    Entry entry = new Entry(kind, moment, until, key);
    if (entries.mappingCount() >= most && !entries.containsKey(entry)) {
      makeRoom(now);
    }
    entries.merge(entry, entry, Entry::latest);
    kinds |= kind.bit;
  }

  private void forget(long upTo, boolean early) {
    entries.values().removeIf(entry -> Integer.toUnsignedLong(entry.until) <= upTo);
    int there = early ? Kind.ENDS_EARLY.bit : 0;
    for (Entry entry : entries.values()) {
      there |= entry.kind;
    }
    kinds = there;
  }

  private void makeRoom(long now) {
    long[] ends =
        entries.values().stream().mapToLong(entry -> Integer.toUnsignedLong(entry.until)).toArray();
    Arrays.sort(ends);
    long last = ends[ends.length / GIVES_WAY];
    // First the one, then the other: nothing that was revoked counts in between.
    endsEarly = Math.max(endsEarly, last);
    kinds |= Kind.ENDS_EARLY.bit;
    forget(last, true);
    LOG.warn(
        "revocations: {} are held, the most; so every session that would end in the next {} s has"
            + " ended now",
        most,
        Math.max(0, last - now));
  }

  /** One revocation, and the key that it is found by. */
  private static final class Entry {
    private final long high;
    private final long low;
    private final int moment;
    private final int until;
    private final byte kind;

    Entry(Kind kind, long moment, long until, String... key) {
      ByteBuffer hash = ByteBuffer.wrap(hash(kind, key));
      this.high = hash.getLong();
      this.low = hash.getLong();
      this.moment = seconds(moment);
      this.until = seconds(until);
      this.kind = (byte) kind.bit;
    }

    private Entry(Entry key, int moment, int until) {
      this.high = key.high;
      this.low = key.low;
      this.kind = key.kind;
      this.moment = moment;
      this.until = until;
    }

    static Entry latest(Entry one, Entry other) {
      return new Entry(one, later(one.moment, other.moment), later(one.until, other.until));
    }

    private static int later(int one, int other) {
      return Integer.compareUnsigned(one, other) > 0 ? one : other;
    }

    private static int seconds(long seconds) {
      return (int) Math.min(Math.max(seconds, 0), LATEST);
    }

    private static byte[] hash(Kind kind, String... key) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) kind.bit);
        for (String part : key) {
          byte[] bytes = part.getBytes(UTF_8);
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
          digest.update(bytes);
        }
        return digest.digest();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("SHA-256 is required of every Java platform", e);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && high == entry.high && low == entry.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(high);
    }
  }
}
