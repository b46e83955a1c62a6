package io.gatekeeper.testing;

/** The contract, kept by core alone where a gateway asks it. */
@Adapter("core, asked by a gateway")
class CheckedContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return CoreGuarded.checked(settings);
  }
}
