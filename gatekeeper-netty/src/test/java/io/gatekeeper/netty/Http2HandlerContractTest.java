package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.netty.channel.ChannelHandler;
import java.time.Duration;

/** The contract, kept by the handler in the channels of HTTP/2 streams. */
@Adapter("handler over HTTP/2")
class Http2HandlerContractTest extends GatekeeperContract {
  @Override
  protected Guarded guard(Guarded.Settings settings) {
    return new BehindBridge(settings, new Http2Bridge());
  }

  static final class BehindBridge implements Guarded {
    private final Http2Bridge bridge;
    private final GuardedServer server;

    BehindBridge(Settings settings, Http2Bridge bridge) {
      this.bridge = bridge;
      server =
          new GuardedServer(
              settings,
              (connection, gatekeeper) ->
                  Http2.serve(
                      connection,
                      () ->
                          new ChannelHandler[] {
                            new GatekeeperHandler(gatekeeper), new EchoHandler()
                          }),
              "http://localhost:" + bridge.port());
      bridge.to(server.address());
    }

    @Override
    public String base() {
      return server.base();
    }

    @Override
    public boolean advance(Duration duration) {
      return server.advance(duration);
    }

    @Override
    public boolean pipelines() {
      return false;
    }

    @Override
    public boolean passesUpgrade() {
      return false;
    }

    @Override
    public void close() {
      bridge.close();
      server.close();
    }
  }
}
