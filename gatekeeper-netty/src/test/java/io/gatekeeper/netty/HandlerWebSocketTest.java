package io.gatekeeper.netty;

import static io.gatekeeper.netty.HandlerServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerWebSocketTest {
  private static final String HANDSHAKE =
      String.join(
          "\r\n",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
          "");

  private final Doorman doorman = new Doorman();
  private final CompletableFuture<Channel> ended = new CompletableFuture<>();

  private NettyServer server(boolean aggregatedBefore) {
    return new NettyServer(
        channel -> {
          channel.pipeline().addLast(GuardedServer.codec());
          if (aggregatedBefore) {
            channel.pipeline().addLast(new HttpObjectAggregator(65536));
          }
          channel.pipeline().addLast(new GatekeeperHandler(doorman));
          if (!aggregatedBefore) {
            channel.pipeline().addLast(new HttpObjectAggregator(65536));
          }
          channel
              .pipeline()
              .addLast(new WebSocketServerProtocolHandler("/ws"), new Talk(), new EchoHandler());
        });
  }

  /** Says back what it hears, and to whom. */
  private final class Talk extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      String words = who(context.channel()) + " says " + frame.text();
      var unused = context.writeAndFlush(new TextWebSocketFrame(words));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!who(context.channel()).equals("nobody")) {
        ended.complete(context.channel());
      }
      context.fireChannelInactive();
    }
  }

  private static String who(Channel channel) {
    return GatekeeperHandler.identity(channel).map(Identity::user).orElse("nobody");
  }

  private static String upgrade(String user) {
    return HandlerServer.request("GET", "/ws", user, HANDSHAKE, "");
  }

  /** A masked text frame, the mask being zero (RFC 6455, section 5.2). */
  private static String frame(String text) {
    return "\u0081" + (char) (0x80 + text.length()) + "\0\0\0\0" + text;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void framesPassAfterAnAllowedUpgradeAndTheUserStays(boolean aggregatedBefore) throws Exception {
    try (NettyServer server = server(aggregatedBefore)) {
      try (RawHttp http = new RawHttp(server.address())) {
        assertTrue(http.send(get("/1", "bob")).read().body().contains("identity=bob"));
        assertEquals(101, http.send(upgrade("alice")).read().status());
        for (int i = 0; i < 3; i++) {
          String expected = "alice says hello " + i;
          String answer = http.send(frame("hello " + i)).readBytes(2 + expected.length());
          assertEquals(expected, answer.substring(2));
        }
      }
      Channel channel = ended.get(10, TimeUnit.SECONDS);
      channel.closeFuture().sync();
      channel.eventLoop().submit(() -> {}).sync();
      assertEquals("nobody", who(channel));
      assertEquals(2, doorman.handled.size());
    }
  }

  @Test
  void refusedUpgradeLeavesHttp() throws IOException {
    try (NettyServer server = server(false);
        RawHttp http = new RawHttp(server.address())) {
      RawHttp.Answer answer = http.send(upgrade(null)).read();
      assertEquals(401, answer.status());
      assertEquals(List.of(), answer.headers("Upgrade"));
      assertTrue(http.send(get("/1", "bob")).read().body().contains("identity=bob"));
      assertEquals(101, http.send(upgrade("alice")).read().status());
    }
  }

  @Test
  void requestBehindAnUpgradeIsNoRequest() throws IOException {
    try (NettyServer server = server(false);
        RawHttp http = new RawHttp(server.address())) {
      assertEquals(101, http.send(upgrade("alice") + get("/admin", null)).read().status());
      String expected = "alice says hello";
      assertEquals(
          expected, http.send(frame("hello")).readBytes(2 + expected.length()).substring(2));
      assertEquals(1, doorman.handled.size());
    }
  }

  /** An application that says 101 and leaves the codec where it is. */
  @Test
  void requestAfterHttpHasEndedNeverPasses() {
    new HandlerBase() {
      void run() {
        receive(get("/ws", "alice"));
        assertPassed("/ws");
        write(answerHead(io.netty.handler.codec.http.HttpResponseStatus.SWITCHING_PROTOCOLS));
        receive(last(""), "a frame");
        passed(io.netty.handler.codec.http.LastHttpContent.class);
        assertEquals("a frame", channel.readInbound());
        assertEquals("alice", who());
        receive(get("/admin", null));
        assertNull(channel.readInbound());
        assertFalse(channel.isActive());
        everyBufferIsReleased();
      }
    }.run();
  }
}
