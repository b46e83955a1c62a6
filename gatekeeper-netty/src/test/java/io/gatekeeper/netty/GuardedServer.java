package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.TestClock;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BiConsumer;

/** A Netty application with the handler in its pipeline. */
final class GuardedServer implements Guarded {
  private final NettyServer server;
  private final TestClock clock = new TestClock();
  private final String base;
  private volatile Gatekeeper gatekeeper;

  /**
   * Starts one that browsers reach directly.
   *
   * @param settings the Gatekeeper's
   * @param pipeline fills the pipeline of a connection
   */
  GuardedServer(Settings settings, BiConsumer<Channel, Gatekeeper> pipeline) {
    this(settings, pipeline, null);
  }

  GuardedServer(Settings settings, BiConsumer<Channel, Gatekeeper> pipeline, String externalUrl) {
    server = new NettyServer(channel -> pipeline.accept(channel, gatekeeper));
    base = externalUrl == null ? "http://localhost:" + address().getPort() : externalUrl;
    GatekeeperConfig.Builder builder = GatekeeperConfig.builder();
    settings.apply(base).forEach(builder::set);
    gatekeeper = Gatekeeper.builder(builder.build()).clock(clock).build();
  }

  /** One whose handler stands behind the codec alone. */
  static GuardedServer plain(Settings settings) {
    return new GuardedServer(
        settings,
        (channel, gatekeeper) ->
            channel
                .pipeline()
                .addLast(codec(), new GatekeeperHandler(gatekeeper), new EchoHandler()));
  }

  /** One whose handler stands behind an aggregator. */
  static GuardedServer aggregated(Settings settings) {
    return new GuardedServer(
        settings,
        (channel, gatekeeper) ->
            channel
                .pipeline()
                .addLast(
                    codec(),
                    new HttpObjectAggregator(1024 * 1024),
                    new GatekeeperHandler(gatekeeper),
                    new EchoHandler()));
  }

  /** The codec with room for a provider's longest answers and for two halves of a session. */
  static HttpServerCodec codec() {
    return new HttpServerCodec(16 * 1024, 64 * 1024, 8 * 1024);
  }

  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public String base() {
    return base;
  }

  @Override
  public boolean advance(Duration duration) {
    clock.advance(duration);
    return true;
  }

  @Override
  public void close() {
    server.close();
    gatekeeper.close();
  }
}
