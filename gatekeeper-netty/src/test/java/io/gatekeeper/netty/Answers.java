package io.gatekeeper.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** The plainest answer of an application. */
final class Answers {
  private Answers() {}

  static void write(ChannelHandlerContext context) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
    response.headers().set("Content-Length", 0);
    var unused = context.writeAndFlush(response);
  }

  /** Reads on after each answer, as an application does that reads by hand. */
  static final class ReadAgain extends ChannelDuplexHandler {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      var unused = context.write(message, promise.unvoid().addListener(written -> context.read()));
    }
  }
}
