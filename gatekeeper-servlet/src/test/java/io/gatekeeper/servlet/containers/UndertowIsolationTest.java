package io.gatekeeper.servlet.containers;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.IsolationContract;

/** The filter on Undertow mixes up nobody. */
@Adapter("filter on Undertow")
class UndertowIsolationTest extends IsolationContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new GuardedApplication(UndertowContainer.start(20), settings);
  }
}
