package io.gatekeeper.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway of ours with another one's manners. Every request is asked about, the own endpoints'
 * too. Targets pass byte for byte: no dot segment is resolved.
 */
final class FixtureGateway implements TestGateway {
  private static final Set<String> ITS_OWN = Headers.names("connection", "keep-alive", "expect");

  private final Manners manners;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final TestServer server = new TestServer(Handler::new);
  private final KeptConnections checks = new KeptConnections();
  private volatile Routes routes;

  FixtureGateway(Manners manners) {
    this.manners = manners;
  }

  @Override
  public FixtureGateway route(Routes to) {
    routes = to;
    return this;
  }

  @Override
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    workers.shutdownNow();
    checks.close();
  }

  private Manners.Answer handle(Manners.Request received) {
    Manners.Answer refused = manners.unasked(received);
    if (refused != null) {
      return refused;
    }
    Manners.Request request = manners.received(received);
    try {
      RawHttp.Answer verdict =
          checks.exchange(routes.checks(), manners.question(request).message());
      if (manners.allows(verdict.status())) {
        return forward(manners.allowed(request, verdict.headerLines()));
      }
      Manners.Request appeal = manners.appeal(request, verdict.status());
      return appeal == null
          ? manners.refusal(verdict)
          : Manners.Answer.whole(exchange(routes.endpoints(), appeal));
    } catch (IOException | RuntimeException e) {
      return manners.unanswered();
    }
  }

  private Manners.Answer forward(Manners.Request request) {
    boolean own = request.target().startsWith("/gatekeeper/");
    try {
      return Manners.Answer.whole(
          exchange(own ? routes.endpoints() : routes.application(), request));
    } catch (IOException | RuntimeException e) {
      return Manners.Answer.of(502);
    }
  }

  private static RawHttp.Answer exchange(InetSocketAddress to, Manners.Request request)
      throws IOException {
    return RawHttp.exchange(to, request.message());
  }

  private static Manners.Request read(FullHttpRequest message) {
    List<String> lines = new ArrayList<>();
    message.headers().forEach(header -> lines.add(header.getKey() + ": " + header.getValue()));
    Set<String> dropped = Headers.names("content-length", "transfer-encoding");
    dropped.addAll(ITS_OWN);
    return new Manners.Request(
        message.method().name(),
        message.uri(),
        Headers.without(lines, dropped),
        message.content().toString(StandardCharsets.ISO_8859_1));
  }

  /** One a connection: what comes at once is answered in its order. */
  private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
      if (message.decoderResult().isFailure()) {
        write(context, Manners.Answer.of(400), false, true);
        return;
      }
      Manners.Request request = read(message);
      boolean bodiless = request.method().equals("HEAD");
      boolean closes = !HttpUtil.isKeepAlive(message);
      last =
          last.thenRunAsync(
              () -> {
                Manners.Answer answer = handle(request);
                context.executor().execute(() -> write(context, answer, bodiless, closes));
              },
              workers);
    }

    private static void write(
        ChannelHandlerContext context, Manners.Answer answer, boolean bodiless, boolean closes) {
      byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
      TestServer.write(
          context, answer.status(), answer.lines(), Unpooled.wrappedBuffer(body), bodiless, closes);
    }
  }
}
