package io.gatekeeper.servlet;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.TestClock;
import java.time.Duration;

/** The contract, kept by the filter in Tomcat. */
@Adapter("filter")
class FilterContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return new InTomcat(settings);
  }

  private static final class InTomcat implements Guarded {
    private final TomcatServer server = TomcatServer.start();
    private final TestClock clock = new TestClock();
    private final Gatekeeper gatekeeper;

    InTomcat(Settings settings) {
      GatekeeperConfig.Builder config = GatekeeperConfig.builder();
      settings.apply(base()).forEach(config::set);
      gatekeeper = Gatekeeper.builder(config.build()).clock(clock).build();
      server.add(
          "", app -> app.filter(new GatekeeperFilter(gatekeeper)).servlet("/", new EchoServlet()));
    }

    @Override
    public String base() {
      return server.base();
    }

    @Override
    public boolean advance(Duration duration) {
      clock.advance(duration);
      return true;
    }

    /** Tomcat answers CONNECT with a 501. */
    @Override
    public boolean receives(String method) {
      return !method.equals("CONNECT");
    }

    @Override
    public void close() {
      server.close();
      gatekeeper.close();
    }
  }
}
