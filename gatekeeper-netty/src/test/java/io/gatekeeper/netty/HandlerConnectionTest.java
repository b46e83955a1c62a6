package io.gatekeeper.netty;

import static io.gatekeeper.netty.HandlerServer.get;
import static io.gatekeeper.netty.HandlerServer.post;
import static io.gatekeeper.netty.HandlerServer.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that flood, don't read, or go away. */
@Timeout(60)
class HandlerConnectionTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

  private final Doorman doorman = new Doorman();
  private final Queue<Channel> connections = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /** In front of all: sees the connections and counts what is read of them. */
  private final class Meter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      connections.add(context.channel());
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      bytes.addAndGet(((ByteBuf) message).readableBytes());
      context.fireChannelRead(message);
    }
  }

  private NettyServer server(Transport transport, ChannelHandler application) {
    return new NettyServer(
        transport,
        channel ->
            channel
                .pipeline()
                .addLast(new Meter(), GuardedServer.codec(), new GatekeeperHandler(doorman))
                .addLast(application),
        true);
  }

  private Channel connection() {
    return await(connections);
  }

  private static <T> T await(Queue<T> queue) {
    T first = queue.poll();
    while (first == null) {
      Thread.onSpinWait();
      first = queue.poll();
    }
    return first;
  }

  /** Takes requests and answers none of its own. */
  @ChannelHandler.Sharable
  private static final class Silent extends ChannelInboundHandlerAdapter {
    private final Queue<ChannelHandlerContext> asked = new ConcurrentLinkedQueue<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      if (message instanceof LastHttpContent) {
        asked.add(context);
      }
    }
  }

  static List<Transport> transports() {
    return Transport.epoll()
        .map(epoll -> List.of(Transport.nio(), epoll))
        .orElse(List.of(Transport.nio()));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void floodBehindARequestThatIsNotAnsweredIsHeldBack(Transport transport) throws Exception {
    Silent application = new Silent();
    try (NettyServer server = server(transport, application);
        SocketChannel client = SocketChannel.open(server.address())) {
      client.configureBlocking(false);
      String flood = get("/1", "alice") + post("/2", "bob", "x".repeat(100_000)).repeat(500);
      ByteBuffer message = ByteBuffer.wrap(flood.getBytes(StandardCharsets.ISO_8859_1));
      // Nothing more goes out although the server had its chances: each round trip is one.
      for (int stuck = 0; stuck < 20; ) {
        stuck = client.write(message) == 0 ? stuck + 1 : 0;
        assertTrue(message.hasRemaining(), "the flood is not held back");
        connectAndLeave(server);
      }
      long held = bytes.get();
      assertTrue(held < 4_000_000, held + " bytes are held");
      for (int answered = 0; answered <= 500; ) {
        client.write(message);
        ChannelHandlerContext asked = application.asked.poll();
        if (asked != null) {
          answered++;
          asked.executor().execute(() -> Answers.write(asked));
        }
      }
      assertTrue(bytes.get() > held);
    }
  }

  private void connectAndLeave(NettyServer server) throws Exception {
    try (RawHttp other = new RawHttp(server.address())) {
      assertEquals(401, other.send(get("/", null)).read().status());
    }
  }

  @Test
  void clientThatNeverReadsIsHeldBackToo() throws Exception {
    doorman.decide =
        request ->
            CompletableFuture.completedFuture(
                new Decision.Respond(
                    Response.of(401).withBody("text/plain", "x".repeat(10_000)), null));
    try (NettyServer server = server(Transport.nio(), new Silent());
        SocketChannel client = SocketChannel.open(server.address())) {
      client.configureBlocking(false);
      Channel connection = connection();
      String padded = request("GET", "/", null, "X-A: " + "x".repeat(30_000) + "\r\n", "");
      ByteBuffer message =
          ByteBuffer.wrap(padded.repeat(2_000).getBytes(StandardCharsets.ISO_8859_1));
      for (int stuck = 0; stuck < 20; ) {
        stuck = client.write(message) == 0 ? stuck + 1 : 0;
        assertTrue(message.hasRemaining(), "the flood is not held back");
        connection.eventLoop().submit(() -> {}).sync();
      }
      assertTrue(doorman.handled.size() < 2_000);
      assertTrue(connection.unsafe().outboundBuffer().totalPendingWriteBytes() < 100_000);
    }
  }

  @Test
  void nextRequestNeverComesFromWithinTheApplicationsOwnWrite() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ChannelInboundHandlerAdapter application =
        new ChannelInboundHandlerAdapter() {
          private int inside;

          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            seen.add("read at " + inside);
            if (message instanceof LastHttpContent) {
              inside++;
              Answers.write(context);
              inside--;
            }
          }
        };
    try (NettyServer server = server(Transport.nio(), application);
        RawHttp http = new RawHttp(server.address())) {
      http.send(get("/1", "alice").repeat(50));
      for (int i = 0; i < 50; i++) {
        assertEquals(200, http.read().status());
      }
      assertEquals(List.of("read at 0"), seen.stream().distinct().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTT",
        "POST / HTTP/1.1\r\nHost: a\r\nX-Session: alice\r\nContent-Length: 9\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbody",
        "POST /own/x HTTP/1.1\r\nHost: a\r\n" + FORM + "Content-Length: 9\r\n\r\nbody",
        "POST /own/late HTTP/1.1\r\nHost: a\r\n" + FORM + "Content-Length: 4\r\n\r\nbody",
        "PUT /own/late HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbody",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Session: alice\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\n"
            + "Content-Length: 9\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
      })
  void clientThatGoesAtAnyStepLeavesNothing(String message) throws Exception {
    CompletableFuture<Decision> late = new CompletableFuture<>();
    doorman.own = request -> late;
    Silent application = new Silent();
    try (NettyServer server = server(Transport.nio(), application)) {
      Channel connection;
      try (RawHttp http = new RawHttp(server.address())) {
        connection = connection();
        http.send(message);
        while (bytes.get() < message.length()) {
          Thread.onSpinWait();
        }
      }
      if (message.contains("late")) {
        // Whether the client goes before the answer or after it.
        late.complete(new Decision.Respond(Doorman.REFUSED, null));
      }
      if (message.startsWith("GET / HTTP")) {
        // With a request held nobody reads the connection: the answer finds out.
        ChannelHandlerContext asked = await(application.asked);
        asked.executor().execute(() -> Answers.write(asked));
      }
      while (connection.isRegistered()) {
        Thread.onSpinWait();
      }
      late.complete(new Decision.Respond(Doorman.REFUSED, null));
      connection.eventLoop().submit(() -> {}).sync();
      assertTrue(GatekeeperHandler.identity(connection).isEmpty());
    }
  }

  @Test
  void lateAnswerIsWrittenOnTheEventLoopAndReachesTheClient() throws IOException {
    doorman.own =
        request ->
            CompletableFuture.supplyAsync(
                () -> new Decision.Respond(Response.of(200).withBody("text/plain", "late"), null));
    try (NettyServer server = HandlerServer.echo(doorman);
        RawHttp http = new RawHttp(server.address())) {
      http.send((get("/own/x", null) + get("/1", "alice")).repeat(50));
      for (int i = 0; i < 50; i++) {
        assertEquals("late", http.read().body());
        assertTrue(http.read().body().contains("identity=alice\n"));
      }
    }
  }

  @Test
  void applicationThatReadsByHandGetsEveryRequest() throws IOException {
    ChannelInboundHandlerAdapter application =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelActive(ChannelHandlerContext context) {
            context.read();
          }

          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
              Answers.write(context);
            }
          }
        };
    try (NettyServer server =
            new NettyServer(
                Transport.nio(),
                channel ->
                    channel
                        .pipeline()
                        .addLast(GuardedServer.codec(), new GatekeeperHandler(doorman))
                        .addLast(new Answers.ReadAgain(), application),
                false);
        RawHttp http = new RawHttp(server.address())) {
      for (int i = 0; i < 20; i++) {
        http.send(get("/1", "alice"));
        assertEquals(200, http.read().status());
        http.send(request("POST", "/", null, "Content-Length: 4\r\n", "bo"));
        assertEquals(401, http.read().status());
        http.send("dy" + get("/own/x", null) + get("/1", "alice") + get("/2", "bob"));
        assertEquals(200, http.read().status());
        assertEquals(200, http.read().status());
        assertEquals(200, http.read().status());
      }
    }
  }
}
