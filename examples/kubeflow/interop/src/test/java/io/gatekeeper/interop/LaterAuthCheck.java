package io.gatekeeper.interop;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.AuthCheckServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The auth check on a machine whose clock is eleven minutes ahead: logins are good for ten. */
final class LaterAuthCheck {
  private LaterAuthCheck() {}

  /** Runs until it is stopped; the argument is the settings' file. */
  public static void main(String... arguments) {
    GatekeeperConfig config = GatekeeperConfig.load(Path.of(arguments[0]));
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11));
    AuthCheckServer.start(Gatekeeper.builder(config).clock(clock).build(), config.server());
  }
}
