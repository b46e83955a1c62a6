package io.gatekeeper.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server on a free port of the loopback address, with the pipeline that a test wants. */
final class NettyServer implements AutoCloseable {
  private final EventLoopGroup loops;
  private final ServerBootstrap bootstrap = new ServerBootstrap();
  private final Channel listening;

  NettyServer(Consumer<Channel> initializer) {
    this(Transport.nio(), initializer, true);
  }

  NettyServer(Transport transport, Consumer<Channel> initializer, boolean autoRead) {
    loops = new MultiThreadIoEventLoopGroup(2, transport.handlers());
    listening =
        bootstrap
            .group(loops)
            .channel(transport.serverChannel())
            .childOption(ChannelOption.AUTO_READ, autoRead)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initializer.accept(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  EventLoopGroup loops() {
    return loops;
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
