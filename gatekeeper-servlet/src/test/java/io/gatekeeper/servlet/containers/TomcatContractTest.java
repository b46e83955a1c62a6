package io.gatekeeper.servlet.containers;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;

/** The contract, kept by the filter on Tomcat. */
@Adapter("filter on Tomcat ${tomcat.version}")
class TomcatContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new GuardedApplication(TomcatContainer.start(20), settings);
  }
}
