package io.gatekeeper.servlet.containers;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.IsolationContract;

/** The filter on Jetty mixes up nobody. */
@Adapter("filter on Jetty")
class JettyIsolationTest extends IsolationContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new GuardedApplication(JettyContainer.start(20), settings);
  }
}
