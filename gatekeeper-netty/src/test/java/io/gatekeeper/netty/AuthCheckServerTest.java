package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperConfig.Gateway;
import io.gatekeeper.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthCheckServerTest {
  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private AuthCheckServer server = Servers.start(gatekeeper);

  @AfterEach
  void stop() {
    server.close();
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Test
  void eachPortAnswersItsOwnQuestions() throws IOException {
    assertEquals("/gatekeeper/x", RawHttp.exchange(server.address(), get("/gatekeeper/x")).body());
    assertEquals(1, gatekeeper.served.size());
    assertEquals(0, gatekeeper.checked.size());
    assertEquals(200, RawHttp.exchange(server.checkAddress(), get("/live")).status());
    assertEquals(1, gatekeeper.served.size());
    assertEquals(1, gatekeeper.checked.size());
    assertEquals(200, RawHttp.exchange(server.healthAddress(), get("/live")).status());
    assertEquals(404, RawHttp.exchange(server.healthAddress(), get("/gatekeeper/x")).status());
    assertEquals(1, gatekeeper.served.size());
    assertEquals(1, gatekeeper.checked.size());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /live, true, 200",
    "GET, /live, false, 200",
    "GET, /ready, true, 200",
    "GET, /ready, false, 503",
    "HEAD, /ready?verbose, true, 200",
    "POST, /ready, true, 405",
    "GET, /, true, 404",
  })
  void healthIsTold(String method, String target, boolean ready, int status) throws IOException {
    gatekeeper.ready = ready;
    String message = method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertEquals(status, RawHttp.exchange(server.healthAddress(), message).status());
  }

  @Test
  void probeOfHttp10WithoutHostIsAnswered() throws IOException {
    assertEquals(
        200, RawHttp.exchange(server.healthAddress(), "GET /live HTTP/1.0\r\n\r\n").status());
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    CompletableFuture<Response> slow = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    gatekeeper.answer =
        request -> {
          asked.countDown();
          return request.target().equals("/1")
              ? slow
              : CompletableFuture.completedFuture(
                  Response.of(200).withBody("text/plain", request.target()));
        };
    try (RawHttp http = new RawHttp(server.address())) {
      http.send(get("/1") + get("/2")).send(get("/3"));
      assertTrue(asked.await(5, TimeUnit.SECONDS));
      RawHttp.exchange(server.healthAddress(), get("/live"));
      assertEquals(1, gatekeeper.served.size(), "the next waits for the first");
      slow.completeAsync(() -> Response.of(200).withBody("text/plain", "first"));
      assertEquals("first", http.read().body());
      assertEquals("/2", http.read().body());
      assertEquals("/3", http.read().body());
      assertEquals("/4", http.send(get("/4")).read().body());
    }
  }

  @Test
  void manySlowAnswersOnOneConnectionKeepTheirOrder() throws Exception {
    gatekeeper.answer =
        request ->
            CompletableFuture.supplyAsync(
                () -> Response.of(200).withBody("text/plain", request.target()));
    try (RawHttp http = new RawHttp(server.address())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        all.append(get("/" + i));
      }
      http.send(all.toString());
      for (int i = 0; i < 500; i++) {
        assertEquals("/" + i, http.read().body());
      }
    }
  }

  @Test
  void serveThatFailsIsAPlainServerError() throws IOException {
    List<CompletableFuture<Response>> failures =
        List.of(
            CompletableFuture.failedFuture(new IllegalStateException("secret")),
            CompletableFuture.completedFuture(null));
    for (CompletableFuture<Response> failure : failures) {
      gatekeeper.answer = request -> failure;
      assertPlainError();
    }
    gatekeeper.answer = request -> null;
    assertPlainError();
    gatekeeper.answer =
        request -> {
          throw new IllegalStateException("secret");
        };
    assertPlainError();
  }

  private void assertPlainError() throws IOException {
    RawHttp.Answer answer = RawHttp.exchange(server.address(), get("/"));
    assertEquals(500, answer.status());
    assertFalse(answer.toString().contains("secret"));
  }

  private static String form(String type, String body) {
    return "POST /logout HTTP/1.1\r\nHost: a\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void formIsReadUpToTheLimit() throws IOException {
    String type = "application/x-www-form-urlencoded";
    String largest = "a".repeat(64 * 1024);
    for (String body : List.of("", "a=b&c=%20", largest)) {
      assertEquals(200, RawHttp.exchange(server.address(), form(type, body)).status());
      assertEquals(body, gatekeeper.served.remove(0).form().orElseThrow());
    }
    assertEquals(413, RawHttp.exchange(server.address(), form(type, largest + "a")).status());
    String endless =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: "
            + type
            + "; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
            + ("8000\r\n" + "a".repeat(0x8000) + "\r\n").repeat(100);
    assertEquals(413, RawHttp.exchange(server.address(), endless).status());
    assertTrue(gatekeeper.served.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencodedX",
        "application/x-www-form-urlencoded\r\nContent-Type: text/plain"
      })
  void bodyOfAnyOtherTypeIsDiscarded(String type) throws IOException {
    String body = "a".repeat(100_000);
    assertEquals(200, RawHttp.exchange(server.address(), form(type, body)).status());
    assertTrue(gatekeeper.served.get(0).form().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, '', true",
    "HTTP/1.1, close, false",
    "HTTP/1.0, '', false",
    "HTTP/1.0, keep-alive, true"
  })
  void connectionIsKeptAsTheClientAsks(String version, String option, boolean kept)
      throws IOException {
    String connection = option.isEmpty() ? "" : "Connection: " + option + "\r\n";
    String message = "GET / " + version + "\r\nHost: a\r\n" + connection + "\r\n";
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      assertEquals(200, http.send(message).read().status());
      if (kept) {
        assertEquals(200, http.send(message).read().status());
      } else {
        assertTrue(http.isEnded());
      }
    }
  }

  @Test
  void clientThatGoesAwayBeforeItsAnswerLeavesNothing() throws Exception {
    CompletableFuture<Response> slow = new CompletableFuture<>();
    gatekeeper.answer = request -> slow;
    RawHttp gone = new RawHttp(server.address());
    gone.send(get("/1") + form("text/plain", "x".repeat(1000)) + "POST / HTTP/1.1\r\nHost");
    while (gatekeeper.served.isEmpty()) {
      Thread.onSpinWait();
    }
    gone.close();
    slow.complete(Response.of(200).withBody("text/plain", "late"));
    RawHttp cut = new RawHttp(server.checkAddress());
    cut.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc").close();
    assertEquals(200, RawHttp.exchange(server.checkAddress(), get("/")).status());
  }

  @Test
  void clientThatNeverReadsIsNotReadForEver() throws Exception {
    gatekeeper.respond(Response.of(401).withBody("text/plain", "x".repeat(10_000)));
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      String padding = "X-A: " + "x".repeat(1000) + "\r\n";
      int sent = 0;
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 100_000; i++) {
                    http.send("GET / HTTP/1.1\r\nHost: a\r\n" + padding + "\r\n");
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      int before;
      do {
        before = sent;
        TimeUnit.MILLISECONDS.sleep(300);
        sent = gatekeeper.checked.size();
      } while (sent == 0 || sent > before);
      assertFalse(flood.isDone(), "the flood is held back");
      assertTrue(sent < 100_000, sent + " checks answered into the void");
    }
  }

  @Test
  void onlyTrustedProxiesMayAsk() throws IOException {
    server.close();
    server =
        AuthCheckServer.start(
            gatekeeper, Servers.settings("", "10.0.0.0/8", "::1"), Transport.nio());
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      RawHttp.Answer answer = http.send(get("/")).read();
      assertEquals(403, answer.status());
      assertEquals(List.of("close"), answer.headers("Connection"));
      assertTrue(http.isEnded());
    }
    assertTrue(gatekeeper.checked.isEmpty());
    assertEquals(200, RawHttp.exchange(server.address(), get("/")).status());
    assertEquals(200, RawHttp.exchange(server.healthAddress(), get("/live")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "check-listen", "health-listen"})
  void portInUseIsToldInOneMessage(String setting) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String free = "127.0.0.1:0";
      String used = "127.0.0.1:" + taken.getLocalPort();
      GatekeeperConfig.Server settings =
          new GatekeeperConfig.Server(
              Gateway.ENVOY,
              setting.equals("listen") ? used : free,
              setting.equals("check-listen") ? used : free,
              setting.equals("health-listen") ? used : free,
              "",
              List.of());
      UncheckedIOException e =
          assertThrows(
              UncheckedIOException.class,
              () -> AuthCheckServer.start(gatekeeper, settings, Transport.nio()));
      assertEquals(
          setting
              + ": "
              + used
              + " is in use. Stop what listens there, or set "
              + setting
              + " to another address",
          e.getMessage());
    }
  }

  @Test
  void addressOfAnotherMachineIsTold() {
    GatekeeperConfig.Server settings =
        new GatekeeperConfig.Server(
            Gateway.ENVOY, "192.0.2.1:80", "127.0.0.1:0", "127.0.0.1:0", "", List.of());
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> AuthCheckServer.start(gatekeeper, settings, Transport.nio()));
    assertTrue(e.getMessage().startsWith("listen: can't listen at 192.0.2.1:80."));
  }

  @Test
  void runningAnswerIsFinishedBeforeTheServerStops() throws Exception {
    CompletableFuture<Response> slow = new CompletableFuture<>();
    gatekeeper.answer = request -> slow;
    try (RawHttp running = new RawHttp(server.address());
        RawHttp idle = new RawHttp(server.checkAddress())) {
      assertEquals(200, idle.send(get("/")).read().status());
      running.send(get("/slow"));
      while (gatekeeper.served.isEmpty()) {
        Thread.onSpinWait();
      }
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      assertTrue(idle.isEnded());
      slow.complete(Response.of(200).withBody("text/plain", "done"));
      RawHttp.Answer answer = running.read();
      assertEquals("done", answer.body());
      assertEquals(List.of("close"), answer.headers("Connection"));
      running.close();
      stopped.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void serverStopsWithinSecondsThoughAnAnswerNeverComes() throws Exception {
    gatekeeper.answer = request -> new CompletableFuture<>();
    try (RawHttp running = new RawHttp(server.address())) {
      running.send(get("/never"));
      while (gatekeeper.served.isEmpty()) {
        Thread.onSpinWait();
      }
      assertTimeout(Duration.ofSeconds(8), server::close);
      assertThrows(IOException.class, () -> RawHttp.exchange(server.healthAddress(), get("/live")));
    }
  }

  @Test
  void threadsAreNamedAndKeepTheProcessAlive() throws IOException {
    List<Thread> threads = new java.util.concurrent.CopyOnWriteArrayList<>();
    gatekeeper.decide =
        request -> {
          threads.add(Thread.currentThread());
          return new io.gatekeeper.Decision.Proceed(null, null, java.util.Map.of(), "");
        };
    RawHttp.exchange(server.checkAddress(), get("/"));
    assertTrue(threads.get(0).getName().startsWith("gatekeeper-"), threads.get(0).getName());
    assertFalse(threads.get(0).isDaemon());
  }

  @Test
  void bestTransportThatIsThereAnswersToo() throws IOException {
    server.close();
    server = AuthCheckServer.start(gatekeeper, Servers.settings("", "127.0.0.1"));
    assertEquals(200, RawHttp.exchange(server.checkAddress(), get("/")).status());
  }
}
