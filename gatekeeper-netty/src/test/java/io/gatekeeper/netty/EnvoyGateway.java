package io.gatekeeper.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway that does what Emissary's generated ext_authz filter is measured to do: it asks the
 * check port before each request, with the client's method and target and a few of its headers; a
 * 200 lets the request by, with the listed headers of the answer in place of its own; any other
 * status goes to the client with its body and a few headers, and a 5xx, a timeout or a dead server
 * becomes an empty 403. Targets pass byte for byte: no dot segment is resolved.
 */
public final class EnvoyGateway implements AutoCloseable {
  private static final List<String> ASKED_WITH =
      List.of(
          "authorization",
          "cookie",
          "from",
          "host",
          "proxy-authorization",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto");
  private static final List<String> CONFIGURED =
      List.of(
          "accept",
          "origin",
          "access-control-request-method",
          "sec-fetch-mode",
          "sec-fetch-dest",
          "sec-fetch-site",
          "sec-purpose",
          "x-requested-with",
          "upgrade",
          "content-type");
  private static final List<String> ALWAYS_LISTED =
      List.of("location", "authorization", "proxy-authenticate", "set-cookie", "www-authenticate");
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "expect");

  private volatile Routes routes;
  private final Set<String> asked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> listed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final TestServer server = new TestServer(Handler::new);

  /**
   * Where a gateway sends what.
   *
   * @param checks the check port
   * @param endpoints the own endpoints, for all under {@code /gatekeeper/}
   * @param application everything else
   * @param pathPrefix what goes before a target in a check; may be empty
   */
  public record Routes(
      InetSocketAddress checks,
      InetSocketAddress endpoints,
      InetSocketAddress application,
      String pathPrefix) {}

  private EnvoyGateway(Set<String> listed) {
    this.asked.addAll(ASKED_WITH);
    this.asked.addAll(CONFIGURED);
    this.listed.addAll(ALWAYS_LISTED);
    this.listed.addAll(listed);
  }

  /**
   * Starts a gateway on a free port of the loopback address.
   *
   * @param routes where it sends what
   * @param listed {@code allowed_authorization_headers}: the identity headers, and {@code cookie}
   */
  public static EnvoyGateway start(Routes routes, Set<String> listed) {
    return start(listed).route(routes);
  }

  /**
   * Starts a gateway whose routes are still to come, for those who need its address first.
   *
   * @param listed {@code allowed_authorization_headers}: the identity headers, and {@code cookie}
   */
  public static EnvoyGateway start(Set<String> listed) {
    return new EnvoyGateway(listed);
  }

  /** Sets the routes. */
  public EnvoyGateway route(Routes routes) {
    this.routes = routes;
    return this;
  }

  /** Where clients connect. */
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    workers.shutdownNow();
  }

  private Answer handle(Request request) {
    RawHttp.Answer verdict;
    try {
      verdict = RawHttp.exchange(routes.checks(), question(request));
    } catch (IOException | RuntimeException e) {
      return Answer.FORBIDDEN;
    }
    if (verdict.status() == 200) {
      return forward(request.with(listedLines(verdict)));
    }
    return verdict.status() >= 500 ? Answer.FORBIDDEN : refusal(verdict);
  }

  private String question(Request request) {
    List<String> lines = new ArrayList<>();
    request.lines().stream().filter(line -> isAskedWith(name(line))).forEach(lines::add);
    lines.add("content-length: 0");
    lines.add("x-envoy-internal: true");
    return message(request.method() + " " + routes.pathPrefix() + request.target(), lines, "");
  }

  /** The patterns of the shipped settings let the check see what looks like an identity header. */
  private boolean isAskedWith(String name) {
    return asked.contains(name) || listed.contains(name.replace('_', '-').replace('.', '-'));
  }

  private List<String> listedLines(RawHttp.Answer verdict) {
    return verdict.headerLines().stream().filter(line -> listed.contains(name(line))).toList();
  }

  /** Only what is listed, and Content-Type is the gateway's own. */
  private Answer refusal(RawHttp.Answer verdict) {
    List<String> lines = new ArrayList<>();
    verdict.headerLines().stream()
        .filter(line -> ALWAYS_LISTED.contains(name(line).toLowerCase(Locale.ROOT)))
        .forEach(lines::add);
    if (!verdict.body().isEmpty()) {
      lines.add("content-type: text/plain");
    }
    return new Answer(verdict.status(), lines, verdict.body());
  }

  private Answer forward(Request request) {
    InetSocketAddress upstream =
        request.target().startsWith("/gatekeeper/") ? routes.endpoints() : routes.application();
    List<String> lines = new ArrayList<>(request.lines());
    if (!request.body().isEmpty()) {
      lines.add("content-length: " + request.body().length());
    }
    try {
      String start = request.method() + " " + request.target();
      RawHttp.Answer answer = RawHttp.exchange(upstream, message(start, lines, request.body()));
      return new Answer(answer.status(), endToEnd(answer.headerLines()), answer.body());
    } catch (IOException | RuntimeException e) {
      return new Answer(503, List.of(), "upstream connect error");
    }
  }

  private static String message(String start, List<String> lines, String body) {
    return start + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body;
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  private static List<String> endToEnd(List<String> lines) {
    return lines.stream()
        .filter(line -> !HOP_BY_HOP.contains(name(line).toLowerCase(Locale.ROOT)))
        .toList();
  }

  private record Request(String method, String target, List<String> lines, String body) {
    static Request of(FullHttpRequest request) {
      List<String> lines = new ArrayList<>();
      request.headers().forEach(header -> lines.add(header.getKey() + ": " + header.getValue()));
      lines.removeIf(line -> name(line).equalsIgnoreCase("x-forwarded-proto"));
      lines.add("x-forwarded-proto: http");
      return new Request(
          request.method().name(),
          request.uri(),
          endToEnd(lines),
          request.content().toString(StandardCharsets.ISO_8859_1));
    }

    /** The same request with these lines in place of its own of the same names. */
    Request with(List<String> replacing) {
      Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      replacing.forEach(line -> names.add(name(line)));
      List<String> all = new ArrayList<>(lines);
      all.removeIf(line -> names.contains(name(line)));
      all.addAll(replacing);
      return new Request(method, target, all, body);
    }
  }

  private record Answer(int status, List<String> lines, String body) {
    static final Answer FORBIDDEN = new Answer(403, List.of(), "");
  }

  private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
      if (message.decoderResult().isFailure()) {
        write(context, new Answer(400, List.of(), ""), false);
        return;
      }
      Request request = Request.of(message);
      boolean bodiless = request.method().equals("HEAD");
      workers.execute(
          () -> {
            Answer answer = handle(request);
            context.executor().execute(() -> write(context, answer, bodiless));
          });
    }

    private static void write(ChannelHandlerContext context, Answer answer, boolean bodiless) {
      byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
      TestServer.write(
          context, answer.status(), answer.lines(), Unpooled.wrappedBuffer(body), bodiless);
    }
  }
}
