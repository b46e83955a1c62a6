package io.gatekeeper.http;

import static io.gatekeeper.http.RequestKind.FRAME;
import static io.gatekeeper.http.RequestKind.NAVIGATION;
import static io.gatekeeper.http.RequestKind.PROGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKindTest {
  private static final TestRequest BARE = TestRequest.get("/");
  private static final TestRequest BROWSER = BARE.navigation();

  @Test
  void browserGoingToAPageIsANavigation() {
    assertEquals(NAVIGATION, RequestKind.of(BROWSER));
    assertEquals(NAVIGATION, RequestKind.of(BROWSER.method("HEAD")));
  }

  @Test
  void requestWithoutAnyEvidenceIsANavigation() {
    assertEquals(NAVIGATION, RequestKind.of(BARE));
    assertEquals(NAVIGATION, RequestKind.of(BARE.header("Authorization", "x").cookie("a", "b")));
    assertEquals(NAVIGATION, RequestKind.of(BARE.header("User-Agent", "curl/8")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "Get", "X"
      })
  void otherMethodIsAProgram(String method) {
    assertEquals(PROGRAM, RequestKind.of(BROWSER.method(method)));
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Mode, cors",
    "Sec-Fetch-Mode, no-cors",
    "Sec-Fetch-Mode, same-origin",
    "Sec-Fetch-Mode, websocket",
    "sec-fetch-mode, ''",
    "X-Requested-With, XMLHttpRequest",
    "x-requested-with, ''",
    "Upgrade, websocket",
    "Upgrade, h2c",
    "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAA==",
    "Accept, application/json",
    "Accept, */*",
    "Accept, ''",
    "Accept, text/plain",
    "Accept, image/webp",
    "Sec-Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender",
    "Sec-Purpose, prefetch;anonymous-client-ip",
    "Purpose, Prefetch",
    "X-Moz, prefetch",
  })
  void eachPieceOfEvidenceAloneMakesAProgram(String name, String value) {
    assertEquals(PROGRAM, RequestKind.of(BARE.header(name, value)));
    assertEquals(PROGRAM, RequestKind.of(BROWSER.replace(name, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "Accept, text/html",
    "Accept, 'application/json, TEXT/HTML;q=0.5'",
    "Accept, application/xhtml+xml",
    "Sec-Fetch-Mode, navigate",
    "Sec-Fetch-Dest, document",
    "Sec-Fetch-Dest, empty",
    "Purpose, something",
    "Sec-Fetch-Site, cross-site",
  })
  void thisIsNoEvidence(String name, String value) {
    assertEquals(NAVIGATION, RequestKind.of(BARE.header(name, value)));
    assertEquals(NAVIGATION, RequestKind.of(BROWSER.replace(name, value)));
  }

  @Test
  void oneOfSeveralAcceptLinesIsEnough() {
    TestRequest lines = BARE.header("Accept", "application/json").header("Accept", "text/html");
    assertEquals(NAVIGATION, RequestKind.of(lines));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iframe", "frame", "embed", "object", "fencedframe"})
  void navigationInsideOfAPageIsAFrame(String destination) {
    assertEquals(FRAME, RequestKind.of(BROWSER.replace("Sec-Fetch-Dest", destination)));
    assertEquals(
        PROGRAM, RequestKind.of(BROWSER.method("POST").replace("Sec-Fetch-Dest", destination)));
  }

  @Test
  void documentIsWhatABrowserShowsAtTheTop() {
    assertTrue(RequestKind.isDocument(BROWSER));
    List<TestRequest> others =
        List.of(
            BROWSER.method("HEAD"),
            BROWSER.method("POST"),
            BROWSER.without("Sec-Fetch-Dest"),
            BROWSER.replace("Sec-Fetch-Dest", "iframe"),
            BROWSER.replace("Sec-Fetch-Dest", "Document"),
            BROWSER.replace("Sec-Fetch-Mode", "cors"),
            BROWSER.header("Sec-Purpose", "prefetch;prerender"),
            BARE);
    others.forEach(other -> assertFalse(RequestKind.isDocument(other), other::toString));
  }

  @Test
  void fetchOfAPageIsAProgram() {
    assertEquals(PROGRAM, RequestKind.of(BARE.program()));
  }

  @Test
  void preflightNeedsMethodAndBothHeaders() {
    TestRequest preflight =
        TestRequest.of("OPTIONS", "/")
            .header("Origin", "https://other.example.com")
            .header("Access-Control-Request-Method", "PUT");
    assertTrue(RequestKind.isPreflight(preflight));
    List<TestRequest> others =
        List.of(
            preflight.method("GET"),
            preflight.method("options"),
            preflight.without("Origin"),
            preflight.without("Access-Control-Request-Method"),
            preflight.method("DELETE").header("X-Forwarded-Method", "OPTIONS"),
            preflight.method("DELETE").header("X-HTTP-Method-Override", "OPTIONS"));
    others.forEach(other -> assertFalse(RequestKind.isPreflight(other), other::toString));
  }
}
