package io.gatekeeper.servlet.containers;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;

/** The contract, kept by the filter on Undertow. */
@Adapter("filter on Undertow")
class UndertowContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new GuardedApplication(UndertowContainer.start(20), settings);
  }
}
