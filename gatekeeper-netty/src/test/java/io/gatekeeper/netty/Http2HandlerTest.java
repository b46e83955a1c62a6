package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many streams of many users in one connection. */
// A write that fails ends in a stream without an answer, and that is seen.
@SuppressWarnings("FutureReturnValueIgnored")
class Http2HandlerTest {
  private final Doorman doorman = new Doorman();
  private final NettyServer server =
      new NettyServer(
          channel ->
              Http2.serve(
                  channel,
                  () -> new ChannelHandler[] {new GatekeeperHandler(doorman), new EchoHandler()}));
  private final Channel connection =
      new Bootstrap()
          .group(server.loops())
          .channel(NioSocketChannel.class)
          .handler(
              new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel
                      .pipeline()
                      .addLast(
                          Http2FrameCodecBuilder.forClient().build(),
                          new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                }
              })
          .connect(server.address())
          .syncUninterruptibly()
          .channel();

  @AfterEach
  void stop() {
    connection.close().syncUninterruptibly();
    server.close();
  }

  /** A stream of a client's, and what it was answered. */
  private static final class Stream extends SimpleChannelInboundHandler<Object> {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private Channel channel;

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object frame) {
      boolean ends = false;
      if (frame instanceof Http2HeadersFrame headers) {
        text.append(headers.headers().status()).append('\n');
        ends = headers.isEndStream();
      } else if (frame instanceof Http2DataFrame data) {
        text.append(data.content().toString(StandardCharsets.ISO_8859_1));
        ends = data.isEndStream();
      }
      if (ends) {
        answer.complete(text.toString());
      }
    }

    Stream send(int bytes, boolean last) {
      channel.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[bytes]), last));
      return this;
    }

    String answer() throws Exception {
      return answer.get(10, TimeUnit.SECONDS);
    }
  }

  private Stream open(String method, String path, String user, boolean last) throws Exception {
    Stream stream = new Stream();
    stream.channel =
        new Http2StreamChannelBootstrap(connection).handler(stream).open().sync().getNow();
    Http2Headers headers =
        new DefaultHttp2Headers().method(method).scheme("http").authority("a").path(path);
    if (user != null) {
      headers.add("x-session", user);
    }
    stream.channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, last));
    return stream;
  }

  private void assertConnectionLives() throws Exception {
    assertTrue(open("GET", "/", "carol", true).answer().contains("identity=carol\n"));
  }

  @Test
  void eachStreamHasItsOwnUserAtTheSameTime() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      streams.add(open("POST", "/" + i, i % 3 == 0 ? null : "user" + i, false));
    }
    for (Stream stream : streams) {
      stream.send(1_000, true);
    }
    for (int i = 0; i < 60; i++) {
      String answer = streams.get(i).answer();
      assertTrue(
          i % 3 == 0
              ? answer.equals("401\nsign in")
              : answer.startsWith("200\nPOST /" + i + " ")
                  && answer.endsWith("identity=user" + i + "\nlength=1000"),
          answer);
    }
  }

  @Test
  void refusedStreamIsAnsweredAtOnceAndTheConnectionLives() throws Exception {
    Stream small = open("POST", "/", null, false);
    assertEquals("401\nsign in", small.answer());
    small.send(1_000, true);
    small.channel.closeFuture().sync();
    assertConnectionLives();
  }

  @Test
  void refusedStreamThatGoesOnSendingIsResetBeyondTheBound() throws Exception {
    Stream large = open("POST", "/", null, false);
    assertEquals("401\nsign in", large.answer());
    for (int sent = 0; sent <= 2 * 1024 * 1024; sent += 16_000) {
      large.send(16_000, false);
    }
    assertTrue(large.channel.closeFuture().await(10, TimeUnit.SECONDS));
    assertConnectionLives();
  }

  @Test
  void lateAnswerIsItsOwnStreams() throws Exception {
    doorman.own =
        request ->
            CompletableFuture.supplyAsync(
                () ->
                    new io.gatekeeper.Decision.Respond(
                        io.gatekeeper.http.Response.of(200)
                            .withBody("text/plain", request.form().orElse("none")),
                        null));
    assertEquals("200\nnone", open("GET", "/own/x", null, true).answer());
    assertConnectionLives();
  }
}
