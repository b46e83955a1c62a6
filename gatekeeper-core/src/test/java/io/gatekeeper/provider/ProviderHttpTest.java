package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHttpTest {
  private static final int LIMIT = ProviderHttp.RESPONSE_LIMIT;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private HttpServer server;

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    stopped.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          try (exchange) {
            handler.handle(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private HTTPRequest get(String path) {
    return new HTTPRequest(
        HTTPRequest.Method.GET,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private static ProviderHttp http(long timeoutMillis) {
    return new ProviderHttp(Duration.ofMillis(timeoutMillis), null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyUpToTheLimitIsTakenAndNoByteMore(boolean chunked) throws Exception {
    answer("/limit", exchange -> send(exchange, LIMIT, chunked));
    answer("/over", exchange -> send(exchange, LIMIT + 1, chunked));

    assertEquals(LIMIT, get("/limit").send(http(10_000)).getBody().length());
    assertThrows(LimitedBody.TooLarge.class, () -> http(10_000).send(get("/over")));
  }

  private static void send(HttpExchange exchange, int length, boolean chunked) throws IOException {
    exchange.sendResponseHeaders(200, chunked ? 0 : length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write("x".repeat(length).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void bodyWithoutAnEndIsBrokenOff() {
    answer(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[64 * 1024];
          while (stopped.getCount() > 0) {
            exchange.getResponseBody().write(part);
          }
        });

    assertThrows(LimitedBody.TooLarge.class, () -> http(10_000).send(get("/")));
  }

  @Test
  void deadlineCoversTheBodyToo() {
    answer(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          do {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
          } while (!stopped.await(50, TimeUnit.MILLISECONDS));
        });

    assertEndsInTime();
  }

  @Test
  void deadlineCoversAHeadThatNeverComes() {
    answer("/", exchange -> stopped.await());

    assertEndsInTime();
  }

  private void assertEndsInTime() {
    long start = System.nanoTime();
    assertThrows(IOException.class, () -> http(500).send(get("/")));
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertTrue(millis >= 400 && millis < 5_000, "after " + millis + " ms");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsAnAnswerAndNobodyGoesThere(int status) throws Exception {
    answer("/elsewhere", exchange -> exchange.sendResponseHeaders(200, -1));
    answer(
        "/from",
        exchange -> {
          exchange.getResponseHeaders().set("Location", get("/elsewhere").getURI().toString());
          exchange.sendResponseHeaders(status, -1);
        });

    assertEquals(status, get("/from").send(http(10_000)).getStatusCode());
    assertEquals(List.of("/from"), asked);
  }

  @Test
  void noCompressionIsAskedFor() throws Exception {
    List<String> encodings = new CopyOnWriteArrayList<>();
    answer(
        "/",
        exchange -> {
          encodings.addAll(exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()));
          exchange.sendResponseHeaders(204, -1);
        });

    assertEquals(204, get("/").send(http(10_000)).getStatusCode());
    assertFalse(encodings.stream().anyMatch(encoding -> !encoding.equals("identity")));
  }
}
