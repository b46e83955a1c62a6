package com.example.chat;

import com.example.chat.WebFiles.WebFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/** The page and its files, and at {@code /log} what was said lately. */
final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String TEXT = "text/plain;charset=utf-8";

  private final WebFiles files;
  private final Room room;

  Pages(WebFiles files, Room room) {
    this.files = files;
    this.room = room;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).path();
    if (path.equals("/talk")) {
      context.fireChannelRead(request.retain());
      return;
    }
    @Nullable WebFile file = files.get(path);
    if (!request.method().equals(HttpMethod.GET)) {
      answer(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED, text("Only GET\n"));
    } else if (path.equals("/log")) {
      answer(context, request, HttpResponseStatus.OK, text(room.log() + "\n"));
    } else if (file != null) {
      answer(context, request, HttpResponseStatus.OK, file);
    } else {
      answer(context, request, HttpResponseStatus.NOT_FOUND, text("No such page\n"));
    }
  }

  private static WebFile text(String text) {
    return new WebFile(TEXT, text);
  }

  private static void answer(
      ChannelHandlerContext context,
      FullHttpRequest request,
      HttpResponseStatus status,
      WebFile file) {
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), file.text());
    FullHttpResponse response =
        new DefaultFullHttpResponse(request.protocolVersion(), status, body);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, file.type());
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    HttpUtil.setKeepAlive(response, keepAlive);
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
