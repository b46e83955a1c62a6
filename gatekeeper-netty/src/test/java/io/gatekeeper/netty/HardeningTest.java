package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningTest {
  private static final String HOST = "Host: a\r\n";

  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private final AuthCheckServer server = Servers.start(gatekeeper);

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertRefused(int status, String message) throws IOException {
    List<InetSocketAddress> ports =
        List.of(server.address(), server.checkAddress(), server.healthAddress());
    for (InetSocketAddress port : ports) {
      try (RawHttp http = new RawHttp(port)) {
        RawHttp.Answer answer = http.send(message).read();
        assertEquals(status, answer.status());
        assertEquals(List.of("close"), answer.headers("Connection"));
        assertTrue(http.isEnded(), "the connection is closed");
      }
    }
    assertTrue(gatekeeper.checked.isEmpty() && gatekeeper.served.isEmpty(), "nobody was asked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "Content-Length: 3, 3\r\n\r\nabc",
        "Content-Length: +3\r\n\r\nabc",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x3\r\n\r\nabc",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "Content-Length : 3\r\n\r\nabc",
        "X-A: b\r\n folded\r\n\r\n",
        "X-A: b\r\n\tfolded\r\n\r\n",
        "X-A: b\r\n \r\n\r\n",
        "X-A: b\n\r\n",
        "X-A: b\r\n\n",
        "X-A: b\u0000c\r\n\r\n",
        "X-A: b\rc\r\n\r\n",
        "X A: b\r\n\r\n",
        ": b\r\n\r\n",
        "no colon\r\n\r\n",
        "Host: b\r\n\r\n",
        "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n12345678"
      })
  void headThatTwoReadersReadDifferentlyIsRefused(String rest) throws IOException {
    assertRefused(400, "GET /live HTTP/1.1\r\n" + HOST + rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /live HTTP/1.1",
        "GET /live  HTTP/1.1",
        "GET\t/live HTTP/1.1",
        "GET /live\tHTTP/1.1",
        "GET /live\rx HTTP/1.1",
        "GET /live x HTTP/1.1",
        " GET /live HTTP/1.1",
        "GET /live HTTP/1.1 ",
        "GET /live HTTP/2.0",
        "GET /live HTTP/1.2",
        "GET /live HTTP/0.9",
        "GET /live http/1.1",
        "GET /live",
        "G\u00e9T /live HTTP/1.1",
        "GET live HTTP/1.1"
      })
  void requestLineThatIsNotThreeWordsIsRefused(String line) throws IOException {
    assertRefused(400, line + "\r\n" + HOST + "\r\n");
  }

  @Test
  void bareLineFeedsAreRefused() throws IOException {
    assertRefused(400, "GET /live HTTP/1.1\nHost: a\n\n");
    assertRefused(400, "GET /live HTTP/1.1\r\nHost: a\n\n");
  }

  @Test
  void foldedFirstHeaderLineThatComesInAPacketOfItsOwnIsRefused() throws Exception {
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      http.send("GET / HTTP/1.1\r\nHost: a\r\n");
      awaitRead();
      http.send(" b\r\n\r\n");
      assertEquals(400, http.read().status());
    }
  }

  /** A round trip on another connection, after which the first packet has been read as well. */
  private void awaitRead() throws IOException {
    RawHttp.exchange(server.healthAddress(), "GET /live HTTP/1.1\r\n" + HOST + "\r\n");
  }

  @Test
  void bodyThatLooksLikeAFoldedLineIsFine() throws IOException {
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      http.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n\r\n a\r\n");
      assertEquals(200, http.read().status());
      http.send("PUT /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      http.send("6\r\n\r\n a\r\n\r\n0\r\nTrailer: x\r\n\r\n");
      assertEquals(200, http.read().status());
      http.send("GET /c HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, http.read().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\nabc\r\n", "3\nabc\r\n", "3\r\nabcd\r\n", "-1\r\n", "3;\nabc\r\n"})
  void brokenChunkIsRefused(String chunk) throws IOException {
    assertRefused(
        400, "POST /live HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
  }

  @Test
  void transferCodingOfHttp10IsRefused() throws IOException {
    assertRefused(
        400, "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @Test
  void longRequestLineIsRefusedAndOneOfTheLimitIsNot() throws IOException {
    int limit = StrictRequestDecoder.MAX_REQUEST_LINE;
    String fits = "x".repeat(limit - "GET / HTTP/1.1".length());
    String rest = " HTTP/1.1\r\n" + HOST + "\r\n";
    assertEquals(200, RawHttp.exchange(server.checkAddress(), "GET /" + fits + rest).status());
    gatekeeper.checked.clear();
    assertRefused(414, "GET /x" + fits + rest);
    assertRefused(414, "GET /" + "x".repeat(1_000_000) + rest);
  }

  @Test
  void headersOverTheLimitAreRefusedAndThoseOfTheLimitAreNot() throws IOException {
    int limit = StrictRequestDecoder.MAX_HEADERS;
    String fits = "x".repeat(limit - "Host: a".length() - "X-A: ".length());
    String start = "GET / HTTP/1.1\r\n" + HOST;
    assertEquals(
        200, RawHttp.exchange(server.checkAddress(), start + "X-A: " + fits + "\r\n\r\n").status());
    gatekeeper.checked.clear();
    assertRefused(431, start + "X-A: x" + fits + "\r\n\r\n");
    assertRefused(431, start + "X-A: b\r\n".repeat(20_000) + "\r\n");
  }

  @Test
  void smuggledRequestIsNotAnswered() throws IOException {
    String next = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      String lengths = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n";
      http.send("POST /a HTTP/1.1\r\nHost: a\r\n" + lengths + "0\r\n\r\n" + next);
      assertEquals(400, http.read().status());
      assertTrue(http.isEnded());
      assertTrue(gatekeeper.checked.isEmpty());
    }
  }
}
