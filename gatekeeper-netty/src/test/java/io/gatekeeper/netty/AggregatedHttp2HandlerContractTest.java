package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** The contract, kept by the handler behind an aggregator in the channels of HTTP/2 streams. */
@Adapter("handler behind an aggregator over HTTP/2")
class AggregatedHttp2HandlerContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return new Http2HandlerContractTest.BehindBridge(
        settings,
        new Http2Bridge(),
        gatekeeper ->
            new ChannelHandler[] {
              new HttpObjectAggregator(1024 * 1024),
              new GatekeeperHandler(gatekeeper),
              new EchoHandler()
            });
  }
}
