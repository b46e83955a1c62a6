package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatekeeper.identity.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The handler alone in a channel in memory: what a test reads inbound is the application's. */
abstract class HandlerBase {
  static final HttpResponseStatus OK = HttpResponseStatus.OK;

  final Doorman doorman = new Doorman();
  final Reads reads = new Reads();
  final EmbeddedChannel channel = new EmbeddedChannel(reads, new GatekeeperHandler(doorman));
  private final List<ByteBuf> buffers = new ArrayList<>();

  @AfterEach
  void everyBufferIsReleased() {
    channel.finishAndReleaseAll();
    everyBufferSoFarIsReleased();
  }

  final void everyBufferSoFarIsReleased() {
    buffers.forEach(buffer -> assertEquals(0, buffer.refCnt(), "a buffer is not released"));
  }

  /** Counts what is asked of the transport. */
  static final class Reads extends ChannelDuplexHandler {
    int count;

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
      context.read();
    }
  }

  final ByteBuf buffer(String text) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
    buffer.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    buffers.add(buffer);
    return buffer;
  }

  static HttpRequest head(String method, String target, String user) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
    request.headers().set("Host", "a");
    if (user != null) {
      request.headers().set("X-Session", user);
    }
    return request;
  }

  static HttpRequest get(String target, String user) {
    return head("GET", target, user);
  }

  final FullHttpRequest full(String method, String target, String user, String body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target, buffer(body));
    request.headers().set("Host", "a").set("Content-Length", body.length());
    if (user != null) {
      request.headers().set("X-Session", user);
    }
    return request;
  }

  final HttpContent content(String text) {
    return new DefaultHttpContent(buffer(text));
  }

  final LastHttpContent last(String text) {
    return new DefaultLastHttpContent(buffer(text));
  }

  final void receive(Object... messages) {
    channel.writeInbound(messages);
  }

  /** The next message that reached the application; it is released. */
  final <T> T passed(Class<T> type) {
    T message = type.cast(channel.readInbound());
    ReferenceCountUtil.release(message);
    return message;
  }

  final void assertPassed(String target) {
    HttpRequest request = passed(HttpRequest.class);
    assertEquals(target, request == null ? null : request.uri());
  }

  final void assertNothingPassed() {
    assertNull(channel.readInbound());
  }

  /** The application writes. */
  final void write(Object... messages) {
    channel.writeOutbound(messages);
    channel.runPendingTasks();
  }

  final FullHttpResponse answer(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, buffer("answer"));
  }

  static HttpResponse answerHead(HttpResponseStatus status) {
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
  }

  /** The status of the next answer that reached the client; 0 for none. */
  final int sent() {
    Object message = channel.readOutbound();
    try {
      return message instanceof HttpResponse response ? response.status().code() : 0;
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  final String who() {
    return GatekeeperHandler.identity(channel).map(Identity::user).orElse("nobody");
  }
}
