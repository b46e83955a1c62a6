package io.gatekeeper.servlet.containers;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.IsolationContract;

/** The filter on Tomcat mixes up nobody. */
@Adapter("filter on Tomcat ${tomcat.version}")
class TomcatIsolationTest extends IsolationContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) throws Exception {
    return new GuardedApplication(TomcatContainer.start(20), settings);
  }
}
