package io.gatekeeper.netty;

import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Our answers as Netty's messages, with nothing added but the framing. */
final class Responses {
  /** The answer where we failed. */
  static final Response FAILED =
      Response.of(500).withBody("text/plain;charset=utf-8", Rejection.INTERNAL.message());

  /** What the answer says of the connection. */
  enum Connection {
    /** Nothing: it stays, as HTTP/1.1 has it. */
    STAYS(null),
    /** It stays, which HTTP/1.0 has to be told. */
    KEEP_ALIVE("keep-alive"),
    /** It is closed. */
    CLOSE("close");

    private final @Nullable String option;

    Connection(@Nullable String option) {
      this.option = option;
    }

    static Connection of(boolean closes, boolean keepsAliveHttp10) {
      if (closes) {
        return CLOSE;
      }
      return keepsAliveHttp10 ? KEEP_ALIVE : STAYS;
    }
  }

  private Responses() {}

  /**
   * Turns an answer into Netty's.
   *
   * @param response the answer
   * @param instead the answer where that one can't be written, such as a line break in a header
   * @param bodiless whether the request was HEAD: the length stays, the body doesn't
   * @param connection what becomes of the connection
   * @return the message
   */
  static FullHttpResponse encode(
      Response response, Response instead, boolean bodiless, Connection connection) {
    try {
      return encode(response, bodiless, connection);
    } catch (IllegalArgumentException e) {
      Mishaps.report("An answer can't be written", e);
      return encode(instead, bodiless, connection);
    }
  }

  private static FullHttpResponse encode(
      Response response, boolean bodiless, Connection connection) {
    byte[] bytes = response.body();
    ByteBuf body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes);
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
    for (Response.Header header : response.headers()) {
      message.headers().add(header.name(), header.value());
    }
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    if (connection.option != null) {
      message.headers().set(HttpHeaderNames.CONNECTION, connection.option);
    }
    return message;
  }

  /** Whether the client waits for a word before it sends its body (RFC 9110, section 10.1.1). */
  static boolean awaitsContinue(HttpRequest head) {
    return HttpUtil.is100ContinueExpected(head)
        && (HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0);
  }

  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  static boolean isHttp10(HttpRequest head) {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }
}
