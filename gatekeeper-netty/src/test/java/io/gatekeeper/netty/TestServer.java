package io.gatekeeper.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** A small HTTP server for the fixtures; the targets of requests are untouched. */
final class TestServer implements AutoCloseable {
  private static final int LINE = 64 * 1024;
  private static final int HEADERS = 256 * 1024;
  private static final int BODY = 8 * 1024 * 1024;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Channel listening;

  TestServer(Supplier<ChannelHandler> handler) {
    listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpRequestDecoder(LINE, HEADERS, 8192))
                        .addLast(new HttpResponseEncoder())
                        .addLast(new HttpObjectAggregator(BODY))
                        .addLast(handler.get());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Writes an answer with exactly these header lines and its length, and closes. */
  static void write(
      ChannelHandlerContext context,
      int status,
      List<String> lines,
      ByteBuf body,
      boolean bodiless) {
    write(context, status, lines, body, bodiless, true);
  }

  /** Writes an answer with exactly these header lines and its length, and may close. */
  static void write(
      ChannelHandlerContext context,
      int status,
      List<String> lines,
      ByteBuf body,
      boolean bodiless,
      boolean closes) {
    int length = body.readableBytes();
    if (bodiless) {
      body.release();
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            bodiless ? Unpooled.EMPTY_BUFFER : body);
    for (String line : lines) {
      int colon = line.indexOf(':');
      response.headers().add(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    if (closes) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    ChannelFuture written = context.writeAndFlush(response);
    if (closes) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
  }
}
