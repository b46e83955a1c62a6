package io.gatekeeper.testing;

/** Core alone, embedded, mixes up nobody. */
@Adapter("core, embedded")
class EmbeddedIsolationTest extends IsolationContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return CoreGuarded.embedded(settings);
  }
}
