package io.gatekeeper.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;

/**
 * How Netty reaches the network.
 *
 * @param name for the log
 * @param handlers makes an event loop's I/O
 * @param serverChannel the class of the listening sockets
 */
record Transport(
    String name, IoHandlerFactory handlers, Class<? extends ServerChannel> serverChannel) {

  /** The native one, where it is there and works; else NIO. */
  static Transport best() {
    return epoll().orElseGet(Transport::nio);
  }

  static Transport nio() {
    return new Transport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }

  /** By reflection: the native transport is a choice of whoever assembles the server. */
  static Optional<Transport> epoll() {
    try {
      Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
      if (!Boolean.TRUE.equals(epoll.getMethod("isAvailable").invoke(null))) {
        return Optional.empty();
      }
      Object handlers =
          Class.forName("io.netty.channel.epoll.EpollIoHandler")
              .getMethod("newFactory")
              .invoke(null);
      Class<? extends ServerChannel> server =
          Class.forName("io.netty.channel.epoll.EpollServerSocketChannel")
              .asSubclass(ServerChannel.class);
      return Optional.of(new Transport("epoll", (IoHandlerFactory) handlers, server));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Event loops on threads that are not daemons: a running server keeps its process alive. */
  EventLoopGroup loops() {
    return new MultiThreadIoEventLoopGroup(
        0, new DefaultThreadFactory("gatekeeper", false), handlers);
  }
}
