package io.gatekeeper.netty;

import io.gatekeeper.identity.Identity;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * An application: answers a request, once it is whole, with 200 and, as text, the request line and
 * the headers that it received, one a line; then who it is and how long its body was.
 */
final class EchoHandler extends SimpleChannelInboundHandler<HttpObject> {
  private HttpRequest request;
  private long length;

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
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    boolean keeps = HttpUtil.isKeepAlive(request);
    HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keeps);
    ChannelFuture written = context.writeAndFlush(response);
    if (!keeps) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
