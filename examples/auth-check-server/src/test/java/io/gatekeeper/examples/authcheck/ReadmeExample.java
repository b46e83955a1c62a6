package io.gatekeeper.examples.authcheck;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.AuthCheckServer;
import java.nio.file.Path;

/** What the README has a program do: the lines between the markers stand there as they are. */
final class ReadmeExample {
  private ReadmeExample() {}

  public static void main(String... arguments) {
    // README
    GatekeeperConfig config = GatekeeperConfig.load(Path.of("gatekeeper.yaml"));
    Gatekeeper gatekeeper = Gatekeeper.of(config);
    AuthCheckServer server = AuthCheckServer.start(gatekeeper, config.server());
    // README
    System.out.println("checks at " + server.checkAddress());
  }
}
