package io.gatekeeper.login;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a bounded number of things for a while; of too many the oldest are forgotten. Safe for
 * use by many threads; reading takes no lock.
 *
 * @param <K> what they are found by
 * @param <V> the things
 */
final class ShortMemory<K, V> {
  private record Entry<K, V>(K key, V value, long until) {}

  private final ConcurrentMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();

  /** In the order in which they came; what was taken back stays here until its turn. */
  private final Queue<Entry<K, V>> order = new ConcurrentLinkedQueue<>();

  private final AtomicInteger size = new AtomicInteger();
  private final long keptNanos;
  private final int most;
  private final LongSupplier nanos;

  ShortMemory(Duration kept, int most) {
    this(kept, most, System::nanoTime);
  }

  ShortMemory(Duration kept, int most, LongSupplier nanos) {
    this.keptNanos = kept.toNanos();
    this.most = most;
    this.nanos = nanos;
  }

  /** What is remembered; null for nothing. */
  @Nullable V get(K key) {
    Entry<K, V> entry = entries.get(key);
    return entry == null || isOver(entry) ? null : entry.value();
  }

  /** Remembers a thing unless there is one; what there was, or null. */
  @Nullable V putIfAbsent(K key, V value) {
    forget();
    Entry<K, V> mine = new Entry<>(key, value, nanos.getAsLong() + keptNanos);
    Entry<K, V> earlier = entries.putIfAbsent(key, mine);
    if (earlier != null) {
      return earlier.value();
    }
    order.add(mine);
    size.incrementAndGet();
    return null;
  }

  /** Takes a thing back, unless another has come in its place. */
  void remove(K key, V value) {
    entries.computeIfPresent(key, (same, entry) -> entry.value() == value ? null : entry);
  }

  private void forget() {
    Entry<K, V> oldest = order.peek();
    while (oldest != null && (isOver(oldest) || size.get() >= most)) {
      if (order.remove(oldest)) {
        size.decrementAndGet();
        entries.remove(oldest.key(), oldest);
      }
      oldest = order.peek();
    }
  }

  private boolean isOver(Entry<K, V> entry) {
    return nanos.getAsLong() - entry.until() >= 0;
  }
}
