package io.gatekeeper;

import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;

/** The contract, kept by the core itself under the smallest adapter there can be. */
class HandleContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new EmbeddedApplication(settings);
  }
}
