package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.GatekeeperContract;
import io.gatekeeper.testing.Guarded;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.function.Function;

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
      this(
          settings,
          bridge,
          gatekeeper ->
              new ChannelHandler[] {new GatekeeperHandler(gatekeeper), new EchoHandler()});
    }

    /** The same with other handlers in the channel of a stream. */
    BehindBridge(
        Settings settings, Http2Bridge bridge, Function<Gatekeeper, ChannelHandler[]> handlers) {
      this.bridge = bridge;
      server =
          new GuardedServer(
              settings,
              (connection, gatekeeper) -> Http2.serve(connection, () -> handlers.apply(gatekeeper)),
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
