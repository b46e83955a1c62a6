package io.gatekeeper.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A bound port and its connections. */
final class Port {
  /** The most connections at a time; one over that is closed as it comes. */
  private static final int MAX_CONNECTIONS = 10_000;

  private static final int BACKLOG = 1024;

  private final Endpoint endpoint;
  private final Predicate<SocketAddress> admitted;
  private final ChannelGroup connections;
  private final Channel listening;

  /**
   * Binds a port.
   *
   * @param address where
   * @param endpoint answers its requests
   * @param admitted who may ask; the others get 403
   * @param transport the loops' own
   * @param loops run its connections
   * @throws UncheckedIOException where it can't be bound, with a message for whoever runs us
   */
  Port(
      ListenAddress address,
      Endpoint endpoint,
      Predicate<SocketAddress> admitted,
      Transport transport,
      EventLoopGroup loops) {
    this.endpoint = endpoint;
    this.admitted = admitted;
    this.connections = new DefaultChannelGroup(loops.next(), true);
    this.listening = bind(address, transport, loops);
  }

  private Channel bind(ListenAddress address, Transport transport, EventLoopGroup loops) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    accept(connection);
                  }
                });
    var bound = bootstrap.bind(address.socketAddress()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw unbound(address, bound.cause());
    }
    return bound.channel();
  }

  private static UncheckedIOException unbound(ListenAddress address, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean inUse = cause instanceof BindException && reason.contains("in use");
    String message =
        inUse
            ? "%s: %s is in use. Stop what listens there, or set %s to another address"
            : "%s: can't listen at %s. Set %s to an address of this machine and a port we may take";
    return new UncheckedIOException(
        String.format(message, address.setting(), address.text(), address.setting()),
        new IOException(reason, cause));
  }

  private void accept(Channel connection) {
    if (connections.size() >= MAX_CONNECTIONS || !connections.add(connection)) {
      var unused = connection.close();
      return;
    }
    boolean mayAsk = admitted.test(connection.remoteAddress());
    connection
        .pipeline()
        .addLast(new StrictRequestDecoder())
        .addLast(new HttpResponseEncoder())
        .addLast(new ExchangeHandler(mayAsk ? endpoint : new RefusedEndpoint(), !mayAsk));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Takes no new connection and lets each one go after its answer. */
  void stop() {
    listening.close().awaitUninterruptibly();
    connections.forEach(
        connection -> connection.pipeline().fireUserEventTriggered(ExchangeHandler.STOP));
  }

  /**
   * Closes what is left of the connections.
   *
   * @param nanos how long to wait for their answers before
   */
  void close(long nanos) {
    connections.newCloseFuture().awaitUninterruptibly(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
