package io.gatekeeper.examples.authcheck;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.GatekeeperHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the README has a pipeline do: the lines between the markers stand there as they are. */
final class ReadmeHandlerExample {
  private ReadmeHandlerExample() {}

  /** Greets who asks. */
  private static final class YourHandler extends SimpleChannelInboundHandler<HttpRequest> {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    protected void channelRead0(ChannelHandlerContext context, HttpRequest request) {
      String name = GatekeeperHandler.identity(context.channel()).orElseThrow().user();
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer(name, StandardCharsets.UTF_8)));
    }
  }

  public static void main(String... arguments) {
    // README
    Gatekeeper gatekeeper = Gatekeeper.of(GatekeeperConfig.load(Path.of("gatekeeper.yaml")));
    ChannelInitializer<Channel> guarded =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(new HttpServerCodec(16384, 65536, 8192)) // lines, headers, chunks
                .addLast(new GatekeeperHandler(gatekeeper))
                .addLast(new YourHandler());
          }
        };
    // README
    Channel server =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
            .channel(NioServerSocketChannel.class)
            .childHandler(guarded)
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    System.out.println("guarded at " + server.localAddress() + ".");
  }
}
