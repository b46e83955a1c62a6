package io.gatekeeper.testing;

/** Core alone, embedded, mixes up nobody. */
class EmbeddedIsolationTest extends IsolationContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return CoreGuarded.embedded(settings);
  }
}
