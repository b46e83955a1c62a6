package io.gatekeeper.interop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what other processes do. */
final class Await {
  private static final long STEP_NANOS = 20_000_000;

  /** Something that holds, sooner or later. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /**
   * Waits until it holds.
   *
   * @param patience how long at most
   * @param condition asked again and again; what it throws counts as no
   * @param message why the test fails, where it never holds
   */
  static void until(Duration patience, Condition condition, Supplier<String> message) {
    long end = System.nanoTime() + patience.toNanos();
    Exception last = null;
    while (System.nanoTime() - end < 0) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new AssertionError(message.get(), last);
  }
}
