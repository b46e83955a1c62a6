package io.gatekeeper.netty;

import static io.gatekeeper.netty.HandlerServer.get;
import static io.gatekeeper.netty.HandlerServer.post;
import static io.gatekeeper.netty.HandlerServer.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;
import io.netty.handler.codec.http.cors.CorsHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The handler among Netty's own, in front of each and behind it. */
class HandlerPositionsTest {
  private static final String NAME = "X-Session: alice\r\n";
  private static final String SERVER_CORS = "https://other.example";

  static Stream<Arguments> pipelines() {
    List<Arguments> pipelines = new ArrayList<>();
    pipelines.addAll(around("aggregator", () -> new HttpObjectAggregator(1_000_000)));
    pipelines.addAll(around("expect continue", HttpServerExpectContinueHandler::new));
    pipelines.addAll(around("keep alive", HttpServerKeepAliveHandler::new));
    pipelines.addAll(around("compressor", HttpContentCompressor::new));
    pipelines.addAll(around("decompressor", () -> new HttpContentDecompressor(0)));
    pipelines.addAll(around("chunked write", ChunkedWriteHandler::new));
    pipelines.addAll(around("flow control", FlowControlHandler::new));
    pipelines.addAll(around("flush consolidation", FlushConsolidationHandler::new));
    pipelines.addAll(around("idle state", () -> new IdleStateHandler(60, 60, 60)));
    pipelines.addAll(
        around("cors", () -> new CorsHandler(CorsConfigBuilder.forOrigin(SERVER_CORS).build())));
    pipelines.addAll(around("everything", HandlerPositionsTest::everything));
    return pipelines.stream();
  }

  private static ChannelHandler[] everything() {
    return new ChannelHandler[] {
      new IdleStateHandler(60, 60, 60),
      new HttpServerKeepAliveHandler(),
      new HttpServerExpectContinueHandler(),
      new HttpContentCompressor(),
      new HttpContentDecompressor(0),
      new HttpObjectAggregator(1_000_000),
      new ChunkedWriteHandler()
    };
  }

  interface Several extends Supplier<ChannelHandler[]> {}

  private static List<Arguments> around(String name, Supplier<?> neighbour) {
    Several several =
        () -> {
          Object made = neighbour.get();
          return made instanceof ChannelHandler[] all
              ? all
              : new ChannelHandler[] {(ChannelHandler) made};
        };
    boolean chunks = name.equals("chunked write") || name.equals("everything");
    Several none = () -> new ChannelHandler[0];
    return List.of(
        argumentSet(name + " before", several, none, chunks),
        argumentSet(name + " behind", none, several, chunks));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void requestsOfAllKindsAreAnsweredInTheirOrder(Several before, Several behind, boolean chunks)
      throws IOException {
    Doorman doorman = new Doorman();
    try (NettyServer server =
            new NettyServer(
                channel ->
                    channel
                        .pipeline()
                        .addLast(GuardedServer.codec())
                        .addLast(before.get())
                        .addLast(new GatekeeperHandler(doorman))
                        .addLast(behind.get())
                        .addLast(new EchoHandler(chunks)));
        RawHttp http = new RawHttp(server.address())) {
      for (int i = 0; i < 3; i++) {
        http.send(get("/1", "alice") + get("/", null) + post("/2", "bob", "x".repeat(9_000)));
        http.send(get("/own/x", null) + post("/", null, "body") + get("/public", null));
        assertUser("alice", http.read());
        assertEquals(401, http.read().status());
        RawHttp.Answer bobs = http.read();
        assertUser("bob", bobs);
        assertTrue(bobs.body().endsWith("length=9000"), bobs.body());
        assertEquals("/own/x form=none", http.read().body());
        assertEquals(401, http.read().status());
        assertUser("nobody", http.read());
      }
      http.send(expecting("alice"));
      assertUser("alice", http.readFinal());
      http.send(request("GET", "/3", "carol", "Accept-Encoding: gzip\r\n", ""));
      assertUser("carol", http.read());
      http.send(request("HEAD", "/", null, "Connection: close\r\n", ""));
      assertEquals(401, http.read(true).status());
      assertTrue(http.isEnded());
      assertClosesAfterAnswer(server);
    }
  }

  private static String expecting(String user) {
    String more = "Expect: 100-continue\r\nContent-Length: 4\r\n";
    return request("POST", "/expecting", user, more, "body");
  }

  private static void assertClosesAfterAnswer(NettyServer server) throws IOException {
    try (RawHttp http = new RawHttp(server.address())) {
      http.send("GET / HTTP/1.1\r\nHost: a\r\n" + NAME + "Connection: close\r\n\r\n");
      assertUser("alice", http.read());
      assertTrue(http.isEnded());
    }
  }

  private static void assertUser(String user, RawHttp.Answer answer) throws IOException {
    assertEquals(200, answer.status());
    String body = answer.body();
    if (answer.header("Content-Encoding", "").equals("gzip")) {
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      body =
          new String(
              new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
              StandardCharsets.ISO_8859_1);
    }
    assertTrue(body.contains("\nidentity=" + user + "\n"), body);
  }
}
