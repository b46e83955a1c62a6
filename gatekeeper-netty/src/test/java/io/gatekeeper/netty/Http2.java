package io.gatekeeper.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.function.Supplier;

/** Servers that speak HTTP/2 in clear text, with prior knowledge. */
final class Http2 {
  private static final int MAX_HEADERS = 64 * 1024;

  private Http2() {}

  /** Fills a connection's pipeline; each stream has a channel of its own with these handlers. */
  static void serve(Channel connection, Supplier<ChannelHandler[]> handlers) {
    connection
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings().maxHeaderListSize(MAX_HEADERS))
                .build(),
            new Http2MultiplexHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                    stream.pipeline().addLast(handlers.get());
                  }
                }));
  }
}
