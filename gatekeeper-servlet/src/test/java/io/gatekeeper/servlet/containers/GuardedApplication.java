package io.gatekeeper.servlet.containers;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.TestClock;
import jakarta.servlet.DispatcherType;
import java.time.Duration;

/** An application that echoes, alone on a container, with the filter in front. */
final class GuardedApplication implements Guarded {
  private final TestClock clock = new TestClock();
  private final Container container;
  private final Gatekeeper gatekeeper;

  GuardedApplication(Container container, Settings settings) throws Exception {
    this.container = container;
    GatekeeperConfig.Builder config = GatekeeperConfig.builder();
    settings.apply(base()).forEach(config::set);
    gatekeeper = Gatekeeper.builder(config.build()).clock(clock).build();
    container.deploy(
        Application.at("")
            .filter(new GatekeeperFilter(gatekeeper), DispatcherType.REQUEST)
            .page("/*", new EchoPage()));
  }

  @Override
  public String base() {
    return "http://localhost:" + container.port();
  }

  @Override
  public boolean advance(Duration duration) {
    clock.advance(duration);
    return true;
  }

  @Override
  public boolean receives(String method) {
    return container.receives(method);
  }

  @Override
  public boolean receivesTarget(String target) {
    return container.receivesTarget(target);
  }

  @Override
  public String asShown(String target) {
    return container.asShown(target);
  }

  @Override
  public void close() {
    container.close();
    gatekeeper.close();
  }
}
