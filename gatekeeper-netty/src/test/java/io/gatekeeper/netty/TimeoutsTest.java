package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel channel =
      EmbeddedChannel.builder()
          .ticker(ticker)
          .handlers(
              new StrictRequestDecoder(),
              new HttpResponseEncoder(),
              new ExchangeHandler(new OwnEndpoints(gatekeeper, new EnvoyDialect("")), false))
          .build();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return all.toString();
  }

  private void pass(long millis) {
    ticker.advance(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void headThatDoesNotArriveInTimeEndsTheConnection() {
    receive("GET / HT");
    pass(29_999);
    assertTrue(channel.isActive());
    pass(1);
    assertFalse(channel.isActive());
    assertEquals("", sent());
  }

  @Test
  void drippingHeadGetsNoMoreTime() {
    receive("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 29; i++) {
      pass(1_000);
      receive("X-" + i + ": a\r\n");
    }
    pass(999);
    assertTrue(channel.isActive());
    pass(1);
    assertFalse(channel.isActive());
  }

  @Test
  void bodyThatDoesNotArriveInTimeIsTold() {
    receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
    pass(20_000);
    receive("abc");
    pass(9_999);
    assertNull(channel.readOutbound());
    pass(1);
    assertTrue(sent().startsWith("HTTP/1.1 408 "));
    assertFalse(channel.isActive());
  }

  @Test
  void keptConnectionMayRestLonger() {
    pass(20_000);
    receive(GET);
    assertTrue(sent().startsWith("HTTP/1.1 200 "));
    pass(74_999);
    assertTrue(channel.isActive());
    receive(GET);
    assertTrue(sent().startsWith("HTTP/1.1 200 "));
    pass(75_000);
    assertFalse(channel.isActive());
  }

  @Test
  void answerMayTakeItsTime() {
    CompletableFuture<Response> slow = new CompletableFuture<>();
    gatekeeper.answer = request -> slow;
    receive(GET);
    pass(100_000);
    slow.complete(Response.of(204));
    channel.runPendingTasks();
    assertTrue(sent().startsWith("HTTP/1.1 204 "));
    assertTrue(channel.isActive());
  }
}
