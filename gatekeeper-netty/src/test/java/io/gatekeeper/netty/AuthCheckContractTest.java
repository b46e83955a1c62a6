package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.TestClock;
import java.time.Duration;
import java.util.Set;

/** The contract, kept by the auth check server behind a gateway that asks as Emissary does. */
class AuthCheckContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return new BehindEnvoy(settings);
  }

  private static final class BehindEnvoy implements Guarded {
    private static final Set<String> LISTED =
        Set.of(
            "x-auth-request-user",
            "x-auth-request-email",
            "x-auth-request-groups",
            "x-auth-request-preferred-username",
            "cookie");

    private final EnvoyGateway gateway = EnvoyGateway.start(LISTED);
    private final EchoApplication application = EchoApplication.start();
    private final TestClock clock = new TestClock();
    private final Gatekeeper gatekeeper;
    private final AuthCheckServer server;

    BehindEnvoy(Settings settings) {
      GatekeeperConfig.Builder builder = GatekeeperConfig.builder();
      settings.apply(base()).forEach(builder::set);
      for (String port : new String[] {"listen", "check-listen", "health-listen"}) {
        builder.set(port, "127.0.0.1:0");
      }
      GatekeeperConfig config = builder.set("path-prefix", "/check").build();
      gatekeeper = Gatekeeper.builder(config).clock(clock).build();
      server = AuthCheckServer.start(gatekeeper, config.server());
      gateway.route(
          new EnvoyGateway.Routes(
              server.checkAddress(), server.address(), application.address(), "/check"));
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
      return false;
    }

    @Override
    public void close() {
      gateway.close();
      server.close();
      gatekeeper.close();
      application.close();
    }
  }
}
