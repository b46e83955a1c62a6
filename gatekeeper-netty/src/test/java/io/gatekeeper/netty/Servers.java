package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperConfig.Gateway;
import java.util.List;

/** Servers on free ports of the loopback address. */
final class Servers {
  private static final String FREE = "127.0.0.1:0";

  private Servers() {}

  static GatekeeperConfig.Server settings(String pathPrefix, String... trusted) {
    return new GatekeeperConfig.Server(
        Gateway.ENVOY, FREE, FREE, FREE, pathPrefix, List.of(trusted));
  }

  static AuthCheckServer start(Gatekeeper gatekeeper) {
    return start(gatekeeper, "");
  }

  static AuthCheckServer start(Gatekeeper gatekeeper, String pathPrefix) {
    return AuthCheckServer.start(gatekeeper, settings(pathPrefix, "127.0.0.0/8"), Transport.nio());
  }
}
