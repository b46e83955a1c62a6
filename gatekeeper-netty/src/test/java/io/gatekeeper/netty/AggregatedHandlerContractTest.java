package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** The contract, kept by the handler behind an aggregator. */
@Adapter("handler behind an aggregator")
class AggregatedHandlerContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return new GuardedServer(
        settings,
        (channel, gatekeeper) ->
            channel
                .pipeline()
                .addLast(
                    GuardedServer.codec(),
                    new HttpObjectAggregator(1024 * 1024),
                    new GatekeeperHandler(gatekeeper),
                    new EchoHandler()));
  }
}
