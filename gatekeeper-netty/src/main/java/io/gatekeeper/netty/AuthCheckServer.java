package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.netty.channel.EventLoopGroup;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Answers the auth checks of a gateway, and serves the own endpoints that it routes here. Three
 * ports, so that each can be reached by those alone who need it: the own endpoints ({@code
 * listen}), the checks ({@code check-listen}) and the health ({@code health-listen}).
 *
 * <p>The server's threads keep the process alive until it is closed. It doesn't own the {@link
 * Gatekeeper}: close the server first, then that. Safe for use by many threads.
 */
public final class AuthCheckServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventLoopGroup loops;
  private final List<Port> ports = new ArrayList<>();

  private AuthCheckServer(EventLoopGroup loops) {
    this.loops = loops;
  }

  /**
   * Binds the three ports and answers from then on.
   *
   * @param gatekeeper decides; stays the caller's to close
   * @param settings the addresses, the gateway's dialect, and who may ask
   * @return the running server
   * @throws IllegalArgumentException where an address or a range is not one
   * @throws UncheckedIOException where a port can't be bound: the message names the setting, the
   *     address and the way out. Nothing is left behind
   */
  public static AuthCheckServer start(Gatekeeper gatekeeper, GatekeeperConfig.Server settings) {
    return start(gatekeeper, settings, Transport.best());
  }

  static AuthCheckServer start(
      Gatekeeper gatekeeper, GatekeeperConfig.Server settings, Transport transport) {
    Predicate<SocketAddress> everybody = peer -> true;
    Predicate<SocketAddress> proxies = new TrustedProxies(settings.trustedProxies())::admit;
    Dialect dialect = Dialect.of(settings);
    EventLoopGroup loops = transport.loops();
    AuthCheckServer server = new AuthCheckServer(loops);
    try {
      server.bind(
          "listen", settings.listen(), new OwnEndpoints(gatekeeper, dialect), everybody, transport);
      server.bind(
          "check-listen",
          settings.checkListen(),
          new CheckEndpoint(gatekeeper, dialect),
          proxies,
          transport);
      server.bind(
          "health-listen",
          settings.healthListen(),
          new HealthEndpoint(gatekeeper),
          everybody,
          transport);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void bind(
      String setting,
      String address,
      Endpoint endpoint,
      Predicate<SocketAddress> admitted,
      Transport transport) {
    ports.add(new Port(new ListenAddress(setting, address), endpoint, admitted, transport, loops));
  }

  /**
   * Where the own endpoints are served.
   *
   * @return the bound address, its port never 0
   */
  public InetSocketAddress address() {
    return ports.get(0).address();
  }

  /**
   * Where the gateway asks.
   *
   * @return the bound address, its port never 0
   */
  public InetSocketAddress checkAddress() {
    return ports.get(1).address();
  }

  /**
   * Where {@code /live} and {@code /ready} are.
   *
   * @return the bound address, its port never 0
   */
  public InetSocketAddress healthAddress() {
    return ports.get(2).address();
  }

  /**
   * Stops: takes nothing new, lets running answers finish for up to five seconds, and ends its
   * threads. A second call does nothing.
   */
  @Override
  public void close() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ports.forEach(Port::stop);
    ports.forEach(port -> port.close(end - System.nanoTime()));
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
