package io.gatekeeper.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes requests over HTTP/1.1 and asks a server over HTTP/2, a connection for each: for browsers
 * that speak only the former. What goes over is what came, but for what HTTP/2 has no room for.
 */
// A write that fails ends in a request without an answer, and that is seen.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Bridge implements AutoCloseable {
  /** They are about a connection (RFC 9113, section 8.2.2), or have another name there. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "connection",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade");

  private final NettyServer server;
  private final boolean shares;
  private volatile InetSocketAddress target;
  private ChannelFuture shared;

  /** With a connection of its own for each of a browser's. */
  Http2Bridge() {
    this(false);
  }

  /** With one connection for all browsers, and a stream a request, or one each. */
  Http2Bridge(boolean shares) {
    this.shares = shares;
    server =
        new NettyServer(
            channel ->
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(64 * 1024, 256 * 1024, 8 * 1024),
                        new HttpObjectAggregator(8 * 1024 * 1024),
                        new Asker()));
  }

  int port() {
    return server.address().getPort();
  }

  void to(InetSocketAddress address) {
    target = address;
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Asker extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext browser, Object message) {
      FullHttpRequest request = (FullHttpRequest) message;
      ChannelFuture connection = shares ? shared() : connect();
      if (!shares) {
        browser.channel().closeFuture().addListener(closed -> connection.channel().close());
      }
      connection.addListener(
          (ChannelFutureListener) connected -> ask(connected.channel(), browser, request));
    }
  }

  private synchronized ChannelFuture shared() {
    if (shared == null) {
      shared = connect();
    }
    return shared;
  }

  private ChannelFuture connect() {
    return new Bootstrap()
        .group(server.loops())
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        Http2FrameCodecBuilder.forClient().validateHeaders(false).build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
              }
            })
        .connect(target);
  }

  private static void ask(
      Channel connection, ChannelHandlerContext browser, FullHttpRequest request) {
    new Http2StreamChannelBootstrap(connection)
        .handler(new Answerer(browser))
        .open()
        .addListener(opened -> send((Channel) opened.getNow(), request));
  }

  private static void send(Channel stream, FullHttpRequest request) {
    boolean hasBody = request.content().isReadable();
    stream.write(new DefaultHttp2HeadersFrame(headers(request), !hasBody));
    if (hasBody) {
      stream.write(new DefaultHttp2DataFrame(request.content().retain(), true));
    }
    stream.flush();
    request.release();
  }

  private static Http2Headers headers(FullHttpRequest request) {
    Http2Headers headers =
        new DefaultHttp2Headers(false)
            .method(request.method().name())
            .scheme("http")
            .path(request.uri());
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host != null) {
      headers.authority(host);
    }
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(name)) {
        headers.add(name, header.getValue());
      }
    }
    return headers;
  }

  /** Puts the answer together; a stream that is reset counts as a refusal. */
  private static final class Answerer extends SimpleChannelInboundHandler<Object> {
    private final ChannelHandlerContext browser;
    private final ByteBuf body = Unpooled.buffer();
    private Http2Headers head = new DefaultHttp2Headers().status("400");

    Answerer(ChannelHandlerContext browser) {
      this.browser = browser;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        head = headers.headers();
        end(headers.isEndStream());
      } else if (frame instanceof Http2DataFrame data) {
        body.writeBytes(data.content());
        end(data.isEndStream());
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      end(event instanceof Http2ResetFrame);
      ReferenceCountUtil.release(event);
    }

    private void end(boolean ended) {
      if (!ended || !browser.channel().isActive()) {
        return;
      }
      HttpResponseStatus status = HttpResponseStatus.parseLine(head.status());
      FullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body.copy());
      head.forEach(
          header -> {
            if (header.getKey().charAt(0) != ':') {
              response.headers().add(header.getKey(), header.getValue());
            }
          });
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      browser.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
