package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.IsolationContract;
import org.junit.jupiter.api.Nested;

/** The identity in a pipeline is that of the request which passes it, and of no other. */
class HandlerIsolationTest {
  @Nested
  @Adapter("handler")
  class Plain extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) {
      return GuardedServer.plain(settings);
    }
  }

  @Nested
  @Adapter("handler behind an aggregator")
  class Aggregated extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) {
      return GuardedServer.aggregated(settings);
    }
  }

  /** All users on one connection, side by side. */
  @Nested
  @Adapter("handler over HTTP/2")
  class OverHttp2 extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) {
      return new Http2HandlerContractTest.BehindBridge(settings, new Http2Bridge(true));
    }
  }
}
