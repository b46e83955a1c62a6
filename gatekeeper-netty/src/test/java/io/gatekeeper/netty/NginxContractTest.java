package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;

/** The contract, kept by the auth check server behind nginx as we configure it. */
@Adapter("auth check, nginx")
class NginxContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return Gateways.guard("nginx", settings);
  }
}
