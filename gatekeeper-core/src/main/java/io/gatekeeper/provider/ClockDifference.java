package io.gatekeeper.provider;

import java.time.Duration;
import java.time.Instant;

/** How far our clock is from the provider's, in words. Pure functions. */
final class ClockDifference {
  private ClockDifference() {}

  /**
   * Says which clock is behind, and by how much.
   *
   * @param provider a moment by the provider's clock
   * @param ours the same by ours
   */
  static String describe(Instant provider, Instant ours) {
    Duration behind = Duration.between(ours, provider);
    return "This server's clock is about %s %s the provider's."
        .formatted(words(behind.abs()), behind.isNegative() ? "ahead of" : "behind");
  }

  /** In the largest unit of which there are at least two. */
  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return count(seconds, "second");
    }
    if (seconds < 2 * 3600) {
      return count(Math.round(seconds / 60.0), "minute");
    }
    return seconds < 2 * 86_400
        ? count(Math.round(seconds / 3600.0), "hour")
        : count(Math.round(seconds / 86_400.0), "day");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
