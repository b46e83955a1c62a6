package io.gatekeeper;

import java.time.Clock;
import java.time.Duration;

/** Gatekeepers that look at the session secrets' files all the time, so that no test waits long. */
public final class WatchfulGatekeepers {
  private WatchfulGatekeepers() {}

  /** One that lives by a test's clock. */
  public static Gatekeeper of(GatekeeperConfig config, Clock clock) {
    return Gatekeeper.builder(config).clock(clock).secretsPeriod(Duration.ofMillis(10)).build();
  }
}
