package io.gatekeeper.netty;

import io.gatekeeper.identity.Identity;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * An application: answers a request, once it is whole, with 200 and, as text, the request line and
 * the headers that it received, one a line; then who it is and how long its body was.
 */
final class EchoHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final boolean chunked;
  private HttpRequest request;
  private long length;

  EchoHandler() {
    this(false);
  }

  /** Whether it writes its answer as a stream of chunks, for a {@code ChunkedWriteHandler}. */
  EchoHandler(boolean chunked) {
    this.chunked = chunked;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpRequest head) {
      request = head;
      length = 0;
    }
    if (message instanceof HttpContent content) {
      length += content.content().readableBytes();
    }
    if (message instanceof LastHttpContent) {
      answer(context);
    }
  }

  private void answer(ChannelHandlerContext context) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.uri()).append(" HTTP/1.1\n");
    request.headers().forEach(h -> text.append(h.getKey() + ": " + h.getValue() + "\n"));
    text.append("\nidentity=")
        .append(GatekeeperHandler.identity(context.channel()).map(Identity::user).orElse("nobody"))
        .append("\nlength=")
        .append(length);
    byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    boolean keeps = HttpUtil.isKeepAlive(request);
    ChannelFuture written = chunked ? writeChunks(context, body) : writeWhole(context, body, keeps);
    context.flush();
    if (!keeps) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private ChannelFuture writeWhole(ChannelHandlerContext context, byte[] body, boolean keeps) {
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keeps);
    return context.write(response);
  }

  private ChannelFuture writeChunks(ChannelHandlerContext context, byte[] body) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpUtil.setTransferEncodingChunked(response, true);
    context.write(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    return context.write(
        new HttpChunkedInput(new ChunkedStream(new ByteArrayInputStream(body), 100)));
  }
}
