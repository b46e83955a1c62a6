package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;

/** The contract, kept by the auth check server behind a gateway that asks as Emissary does. */
@Adapter("auth check, envoy")
class EnvoyContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return Gateways.guard("envoy", settings);
  }
}
