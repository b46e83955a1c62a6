package io.gatekeeper.netty;

import static io.gatekeeper.netty.HandlerServer.get;
import static io.gatekeeper.netty.HandlerServer.post;
import static io.gatekeeper.netty.HandlerServer.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of the handler in a pipeline with nothing but the codec and an application. */
class HandlerSocketTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String EXPECT = "Expect: 100-continue\r\n";

  private final Doorman doorman = new Doorman();
  private final NettyServer server = HandlerServer.echo(doorman);

  @AfterEach
  void stop() {
    server.close();
  }

  private RawHttp connect() throws IOException {
    return new RawHttp(server.address());
  }

  private static void assertEcho(RawHttp.Answer answer, String line, String user, int length) {
    assertEquals(200, answer.status());
    assertTrue(answer.body().startsWith(line + " HTTP/1.1\n"), answer.body());
    assertTrue(answer.body().contains("identity=" + user + "\nlength=" + length), answer.body());
  }

  @Test
  void pipelinedRequestsOfManyUsersEachGetTheirOwn() throws IOException {
    try (RawHttp http = connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        all.append(i % 2 == 0 ? get("/" + i, "u" + i) : post("/" + i, "u" + i, "x".repeat(i)));
        all.append(get("/", null)).append(get("/public", null)).append(get("/own/" + i, null));
      }
      http.send(all.toString());
      for (int i = 0; i < 300; i++) {
        assertEcho(http.read(), (i % 2 == 0 ? "GET /" : "POST /") + i, "u" + i, i % 2 * i);
        assertEquals(401, http.read().status());
        assertEcho(http.read(), "GET /public", "nobody", 0);
        assertEquals("/own/" + i + " form=none", http.read().body());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, HTTP/1.1, '', true",
    "HEAD, HTTP/1.1, '', true",
    "GET, HTTP/1.1, close, false",
    "HEAD, HTTP/1.1, close, false",
    "GET, HTTP/1.0, '', false",
    "GET, HTTP/1.0, keep-alive, true",
    "HEAD, HTTP/1.0, keep-alive, true"
  })
  void refusedRequestKeepsTheConnectionAsTheClientAsks(
      String method, String version, String option, boolean kept) throws IOException {
    String connection = option.isEmpty() ? "" : "Connection: " + option + "\r\n";
    String message = method + " / " + version + "\r\nHost: a\r\n" + connection + "\r\n";
    try (RawHttp http = connect()) {
      for (int i = 0; i < (kept ? 3 : 1); i++) {
        RawHttp.Answer answer = http.send(message).read(method.equals("HEAD"));
        assertEquals(401, answer.status());
        assertEquals(List.of("7"), answer.headers("Content-Length"));
        boolean says = !option.isEmpty() || version.equals("HTTP/1.0");
        assertEquals(
            says ? List.of(kept ? "keep-alive" : "close") : List.of(),
            answer.headers("Connection"));
      }
      if (kept) {
        assertEcho(http.send(get("/1", "alice")).read(), "GET /1", "alice", 0);
      } else {
        assertTrue(http.isEnded());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
  void applicationsAnswersKeepTheConnectionAsItSays(String version) throws IOException {
    String head = "HEAD /1 " + version + "\r\nHost: a\r\nX-Session: alice\r\n";
    try (RawHttp http = connect()) {
      assertEquals(200, http.send(head + "Connection: keep-alive\r\n\r\n").read(true).status());
      assertEquals(200, http.send(head + "Connection: close\r\n\r\n").read(true).status());
      assertTrue(http.isEnded());
    }
  }

  @Test
  void bodiesPassWholeInEveryFraming() throws IOException {
    try (RawHttp http = connect()) {
      http.send(post("/1", "alice", "x".repeat(100_000)));
      assertEcho(http.read(), "POST /1", "alice", 100_000);
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      http.send(
          request("PUT", "/2", "bob", CHUNKED, chunk.repeat(100) + "0\r\nX-User: root\r\n\r\n"));
      assertEcho(http.read(), "PUT /2", "bob", 100 * 0x8000);
    }
  }

  @ParameterizedTest
  @CsvSource({"alice, 200", ", 401"})
  void fiftyMegabytesPassOrAreThrownAway(String user, int status) throws IOException {
    int length = 50_000_000;
    String part = "x".repeat(100_000);
    try (RawHttp http = connect()) {
      http.send(request("POST", "/", user, "Content-Length: " + length + "\r\n", ""));
      for (int sent = 0; sent < length; sent += part.length()) {
        http.send(part);
      }
      RawHttp.Answer answer = http.read();
      assertEquals(status, answer.status());
      if (user == null) {
        assertEquals(List.of("close"), answer.headers("Connection"));
        assertTrue(http.isEnded());
      } else {
        assertEcho(answer, "POST /", "alice", length);
      }
    }
  }

  @Test
  void refusedBodyUnderTheBoundLeavesTheConnection() throws IOException {
    try (RawHttp http = connect()) {
      http.send(post("/1", null, "x".repeat(1_000_000)));
      assertEquals(401, http.read().status());
      http.send(request("PUT", "/1", null, CHUNKED, "3\r\nabc\r\n".repeat(1000) + "0\r\n\r\n"));
      assertEquals(401, http.read().status());
      assertEcho(http.send(get("/2", "alice")).read(), "GET /2", "alice", 0);
    }
  }

  @Test
  void refusedRequestThatWaitsWithItsBodyEndsTheConnection() throws IOException {
    try (RawHttp http = connect()) {
      http.send(request("POST", "/", null, EXPECT + "Content-Length: 40\r\n", ""));
      RawHttp.Answer answer = http.read();
      assertEquals(401, answer.status());
      assertEquals(List.of("close"), answer.headers("Connection"));
      // Not the body: read as one, it would bring the request after it out of step.
      http.send(get("/2", "alice"));
      assertTrue(http.isEnded());
      assertEquals(1, doorman.handled.size());
    }
  }

  @Test
  void expectationWithoutABodyIsNone() throws IOException {
    try (RawHttp http = connect()) {
      assertEquals(401, http.send(request("GET", "/", null, EXPECT, "")).read().status());
      assertEcho(http.send(get("/2", "alice")).read(), "GET /2", "alice", 0);
    }
  }

  @Test
  void expectationOfAnAllowedRequestIsTheApplications() throws IOException {
    try (RawHttp http = connect()) {
      http.send(request("POST", "/1", "alice", EXPECT + "Content-Length: 3\r\n", "abc"));
      RawHttp.Answer answer = http.read();
      assertEcho(answer, "POST /1", "alice", 3);
      assertTrue(answer.body().contains("Expect: 100-continue"), answer.body());
    }
  }

  @Test
  void formThatWaitsIsToldToGoOnAndTheConnectionStays() throws IOException {
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    try (RawHttp http = connect()) {
      http.send(request("POST", "/own/x", null, type + EXPECT + "Content-Length: 3\r\n", ""));
      assertEquals(100, http.read().status());
      assertEquals("/own/x form=a=b", http.send("a=b").read().body());
      assertEcho(http.send(get("/2", "alice")).read(), "GET /2", "alice", 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\u0000c\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: a\r\n\r\n12345678",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void requestThatTwoReadersReadDifferentlyIsRefused(String message) throws IOException {
    try (RawHttp http = connect()) {
      http.send(message.replace("Host", "X-Session: alice\r\nHost") + get("/next", "bob"));
      RawHttp.Answer answer = http.read();
      assertEquals(400, answer.status());
      assertEquals(List.of("close"), answer.headers("Connection"));
      assertTrue(http.isEnded());
      assertEquals(List.of(), doorman.handled);
    }
  }

  @Test
  void lineAndHeadersOverTheCodecsLimitsAreTold() throws IOException {
    assertEquals(
        414, RawHttp.exchange(server.address(), get("/" + "x".repeat(20_000), "a")).status());
    String header = "X-A: " + "x".repeat(70_000) + "\r\n";
    assertEquals(
        431, RawHttp.exchange(server.address(), request("GET", "/", "a", header, "")).status());
    assertTrue(doorman.handled.isEmpty());
  }

  @Test
  void brokenChunkOfARefusedRequestEndsTheConnection() throws IOException {
    try (RawHttp http = connect()) {
      http.send(request("POST", "/", null, CHUNKED, "x\r\nabc\r\n" + get("/2", "alice")));
      assertEquals(401, http.read().status());
      assertTrue(http.isEnded());
      assertEquals(1, doorman.handled.size());
      assertFalse(doorman.handled.get(0).target().equals("/2"));
    }
  }
}
