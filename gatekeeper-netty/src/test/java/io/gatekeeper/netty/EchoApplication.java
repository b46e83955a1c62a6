package io.gatekeeper.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An application behind a gateway. Answers every request with 200 and, as text, the request line
 * and all headers that it received, one a line, and after an empty line the body.
 */
public final class EchoApplication implements AutoCloseable {
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final TestServer server = new TestServer(Echo::new);

  private EchoApplication() {}

  /** Starts one on a free port of the loopback address. */
  public static EchoApplication start() {
    return new EchoApplication();
  }

  /** Where it answers. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** What it answered so far, one text a request, in their order. */
  public List<String> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      StringBuilder text = new StringBuilder();
      text.append(request.method()).append(' ').append(request.uri()).append(' ');
      text.append(request.protocolVersion()).append('\n');
      request
          .headers()
          .forEach(
              header ->
                  text.append(header.getKey()).append(": ").append(header.getValue()).append('\n'));
      text.append('\n').append(request.content().toString(StandardCharsets.ISO_8859_1));
      received.add(text.toString());
      boolean bodiless = request.method().equals(HttpMethod.HEAD);
      ByteBuf body =
          ByteBufUtil.encodeString(
              context.alloc(),
              java.nio.CharBuffer.wrap(text.toString()),
              StandardCharsets.ISO_8859_1);
      TestServer.write(
          context, 200, List.of("Content-Type: text/plain; charset=iso-8859-1"), body, bodiless);
    }
  }
}
