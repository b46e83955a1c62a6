package io.gatekeeper.testing;

/** The contract, kept by core alone where it is embedded in an application. */
@Adapter("core, embedded")
class EmbeddedContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return CoreGuarded.embedded(settings);
  }
}
