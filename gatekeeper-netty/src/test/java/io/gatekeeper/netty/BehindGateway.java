package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** An application behind a gateway that asks an auth check server. */
final class BehindGateway implements Guarded {
  /** Every identity header by default, and what goes with them. */
  static final Set<String> LISTED =
      Set.of(
          "X-Auth-Request-User",
          "X-Auth-Request-Email",
          "X-Auth-Request-Groups",
          "X-Auth-Request-Preferred-Username",
          "Cookie");

  private final TestGateway gateway;
  private final boolean passesEveryHeader;
  private final EchoApplication application = EchoApplication.start();
  private final TestClock clock = new TestClock();
  private final Gatekeeper gatekeeper;
  private final AuthCheckServer server;

  /**
   * Starts all of it.
   *
   * @param gateway without a route yet; closed with the rest
   * @param dialect what the gateway speaks, as in the setting {@code gateway}
   * @param settings the rest of the settings
   */
  BehindGateway(TestGateway gateway, String dialect, Settings settings) throws IOException {
    this.gateway = gateway;
    this.passesEveryHeader = !dialect.equals("envoy");
    GatekeeperConfig.Builder builder = GatekeeperConfig.builder();
    settings.apply(base()).forEach(builder::set);
    for (String port : new String[] {"listen", "check-listen", "health-listen"}) {
      builder.set(port, "127.0.0.1:0");
    }
    builder.set("gateway", dialect);
    if (dialect.equals("envoy")) {
      builder.set("path-prefix", "/check");
    }
    GatekeeperConfig config = builder.build();
    gatekeeper = Gatekeeper.builder(config).clock(clock).build();
    server = AuthCheckServer.start(gatekeeper, config.server());
    gateway.route(
        new TestGateway.Routes(server.checkAddress(), server.address(), application.address()));
  }

  EchoApplication application() {
    return application;
  }

  AuthCheckServer server() {
    return server;
  }

  TestGateway gateway() {
    return gateway;
  }

  @Override
  public String base() {
    return "http://localhost:" + gateway.address().getPort();
  }

  @Override
  public boolean advance(Duration duration) {
    clock.advance(duration);
    return true;
  }

  @Override
  public boolean passesEveryHeader() {
    return passesEveryHeader;
  }

  /**
   * An empty segment and the dots behind it go together; merging slashes would read it otherwise.
   */
  @Override
  public String asShown(String target) {
    boolean resolved = gateway instanceof RealGateway real && real.resolvesDotSegments();
    return resolved ? target.replace("//../", "/") : target;
  }

  @Override
  public void close() {
    gateway.close();
    server.close();
    gatekeeper.close();
    application.close();
  }
}
