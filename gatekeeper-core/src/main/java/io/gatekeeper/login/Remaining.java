package io.gatekeeper.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long something goes on. */
final class Remaining {
  private Remaining() {}

  /** From now until a moment; zero where that has passed. */
  static Duration until(Instant moment, Clock clock) {
    Duration left = Duration.between(clock.instant(), moment);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
