package io.gatekeeper.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long sessions last. In whole seconds, as the claims are. Immutable.
 *
 * @param lifetime from sign-in to the absolute end, rounded up
 * @param idle how long a session lasts from each renewal on, if it ends by itself when nobody uses
 *     it; rounded up
 */
public record SessionTerms(Duration lifetime, Optional<Duration> idle) {
  /** A tenth: often enough that who is there is never signed out, and seldom for everybody. */
  private static final int SHARE = 10;

  /** Rounds up. */
  public SessionTerms {
    lifetime = wholeSeconds(lifetime);
    idle = idle.map(SessionTerms::wholeSeconds);
  }

  /** Sessions that last, used or not. */
  public SessionTerms(Duration lifetime) {
    this(lifetime, Optional.empty());
  }

  private static Duration wholeSeconds(Duration duration) {
    return Duration.ofSeconds(duration.plusNanos(999_999_999).toSeconds());
  }

  /** When a token issued now ends: with the session at the latest. */
  Instant expires(Instant now, Instant end) {
    return idle.map(now::plus).filter(idleEnd -> idleEnd.isBefore(end)).orElse(end);
  }

  /**
   * From when on it is to be renewed, always later than now: when that moves its end, or when the
   * provider is to be asked again.
   *
   * @param recheck when the provider is to be asked again; null for never
   */
  Optional<Instant> due(Instant now, Instant end, @Nullable Instant recheck) {
    Optional<Instant> used =
        idle.filter(time -> now.plus(time).isBefore(end))
            .map(time -> now.plus(wholeSeconds(time.dividedBy(SHARE))));
    Optional<Instant> asked =
        Optional.ofNullable(recheck)
            .map(moment -> moment.isAfter(now) ? moment : now.plusSeconds(1))
            .filter(moment -> moment.isBefore(end));
    return Stream.concat(used.stream(), asked.stream()).min(Comparator.naturalOrder());
  }
}
