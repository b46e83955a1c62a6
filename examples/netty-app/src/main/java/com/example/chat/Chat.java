package com.example.chat;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.GatekeeperHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A chat with one room: a page at {@code /}, the talk at the WebSocket {@code /talk}. */
public final class Chat {
  private static final int DEFAULT_PORT = 8082;
  private static final int LONGEST_BODY = 64 * 1024;

  private Chat() {}

  /**
   * Serves the chat on loopback until Ctrl-C, at the port that the system property {@code port}
   * names.
   *
   * @param args none
   * @throws Exception where it can't be started
   */
  public static void main(String[] args) throws Exception {
    Room room = new Room();
    Gatekeeper gatekeeper = Gatekeeper.of(GatekeeperConfig.load(Path.of("gatekeeper.yaml")));
    WebFiles files = WebFiles.load(Path.of("web"));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    ServerBootstrap server =
        new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class);
    server.childHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HttpServerCodec());
            pipeline.addLast(new GatekeeperHandler(gatekeeper));
            pipeline.addLast(new HttpObjectAggregator(LONGEST_BODY));
            pipeline.addLast(new Pages(files, room));
            pipeline.addLast(new WebSocketServerProtocolHandler("/talk"));
            pipeline.addLast(new Talk(room));
          }
        });
    int port = Integer.getInteger("port", DEFAULT_PORT);
    Channel listening = server.bind(InetAddress.getLoopbackAddress(), port).sync().channel();
    System.out.println("The chat is open: http://127.0.0.1:" + port);
    listening.closeFuture().sync();
  }

  /** One WebSocket, and who speaks at its other end. */
  private static final class Talk extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final Room room;
    private @Nullable String name;

    Talk(Room room) {
      this.room = room;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        GatekeeperHandler.identity(context.channel()).ifPresent(user -> name = user.name());
        room.enter(context.channel(), speaker(context));
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      room.say(speaker(context), frame.text());
    }

    private String speaker(ChannelHandlerContext context) {
      return name == null ? "guest " + context.channel().id().asShortText() : name;
    }
  }
}
