package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyDialectTest {
  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private AuthCheckServer server = Servers.start(gatekeeper);

  @AfterEach
  void stop() {
    server.close();
  }

  private RawHttp.Answer check(String message) throws IOException {
    return RawHttp.exchange(server.checkAddress(), message);
  }

  private RawHttp.Answer get(String target) throws IOException {
    return check("GET " + target + " HTTP/1.1\r\nHost: app.example\r\n\r\n");
  }

  private void behindPrefix(String prefix) {
    server.close();
    server = Servers.start(gatekeeper, prefix);
  }

  @Test
  void allowingAnswerHasTheIdentityTheCookieAndNothingElse() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("kubeflow-userid", "cn=admin,dc=example,dc=org");
    headers.put("kubeflow-groups", "");
    gatekeeper.decide =
        request -> new Decision.Proceed(Identity.of("u"), "sid", headers, "a=1; b=2");
    RawHttp.Answer answer = get("/");
    assertEquals("HTTP/1.1 200 OK", answer.lines().get(0));
    assertEquals(
        List.of(
            "kubeflow-userid: cn=admin,dc=example,dc=org",
            "kubeflow-groups: ",
            "Cookie: a=1; b=2",
            "content-length: 0"),
        answer.headerLines());
    assertEquals("", answer.body());
  }

  @Test
  void cookieIsAnsweredEvenWhereNoneIsLeft() throws IOException {
    assertEquals(List.of(""), get("/").headers("Cookie"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403})
  void refusalIsAnsweredAsItIs(int status) throws IOException {
    gatekeeper.respond(
        new Response(
            status,
            List.of(
                new Response.Header("Location", "https://idp.example/auth"),
                new Response.Header("Set-Cookie", "one=1"),
                new Response.Header("Set-Cookie", "two=2")),
            "text".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    RawHttp.Answer answer = get("/");
    assertEquals(status, answer.status());
    assertEquals(
        List.of(
            "Location: https://idp.example/auth",
            "Set-Cookie: one=1",
            "Set-Cookie: two=2",
            "content-length: 4"),
        answer.headerLines());
    assertEquals("text", answer.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299, 500, 503, 599, 100})
  void refusalWithAStatusThatMeansSomethingElseIsForbidden(int status) throws IOException {
    gatekeeper.respond(Response.of(status).with("Set-Cookie", "a=b"));
    RawHttp.Answer answer = get("/");
    assertEquals(403, answer.status());
    assertEquals(List.of(), answer.headers("Set-Cookie"));
  }

  @Test
  void whateverIsThrownIsForbiddenAndNotTold() throws IOException {
    List<Throwable> failures =
        List.of(
            new IllegalStateException("secret"),
            new StackOverflowError("secret"),
            new NoClassDefFoundError("secret"));
    for (Throwable failure : failures) {
      gatekeeper.decide = request -> raise(failure);
      RawHttp.Answer answer = get("/");
      assertEquals(403, answer.status());
      assertFalse(answer.toString().contains("secret"));
      assertFalse(answer.body().contains("at io.gatekeeper"));
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> Decision raise(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void missingDecisionIsForbidden() throws IOException {
    gatekeeper.decide = request -> null;
    assertEquals(403, get("/").status());
  }

  @Test
  void headerThatCannotBeWrittenIsForbidden() throws IOException {
    gatekeeper.decide =
        request -> new Decision.Proceed(null, null, Map.of("X-User", "a\r\nX-Admin: yes"), "");
    RawHttp.Answer answer = get("/");
    assertEquals(403, answer.status());
    assertEquals(List.of(), answer.headers("X-Admin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a?",
        "/a?b=c&d=/e",
        "//evil.example",
        "/a%2Fb/%C3%A9//c/../d;v=1?x=1&z=a+b",
        "/%",
        "/a#b",
        "/\u00e9\u00ff",
        "/a\\b",
        "/a|b\"<>",
        "/a?b?c"
      })
  void targetReachesTheDecisionByteForByte(String target) throws IOException {
    assertEquals(200, get(target).status());
    assertEquals(target, gatekeeper.lastChecked().target());
    behindPrefix("/check");
    assertEquals(200, get("/check" + target).status());
    assertEquals(target, gatekeeper.lastChecked().target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/check", "/check?a", "/checked", "/", "/Check/a", "//check/a", "/%63heck/a"})
  void pathOutsideThePrefixIsRefused(String target) throws IOException {
    behindPrefix("/check/");
    assertEquals(400, get(target).status());
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://app.example/ HTTP/1.1\r\nHost: app.example\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: app.example\r\n\r\n",
        "CONNECT app.example:443 HTTP/1.1\r\nHost: app.example\r\n\r\n",
        "CONNECT / HTTP/1.1\r\nHost: app.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n"
      })
  void questionThatIsNotOneIsRefused(String message) throws IOException {
    assertEquals(400, check(message).status());
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get"})
  void everyMethodIsAskedAlike(String method) throws IOException {
    RawHttp.Answer answer =
        check(method + " /a HTTP/1.1\r\nHost: app.example\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, answer.status());
    assertEquals(method, gatekeeper.lastChecked().method());
    assertEquals("app.example", gatekeeper.lastChecked().host());
  }

  @Test
  void answerToHeadHasNoBody() throws IOException {
    gatekeeper.respond(Response.of(401).withBody("text/plain", "please"));
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      http.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
      RawHttp.Answer head = http.read(true);
      assertEquals(401, head.status());
      assertEquals("6", head.header("Content-Length", ""));
      assertEquals("please", http.read().body());
    }
  }

  @Test
  void webSocketHandshakeIsAnsweredPlainly() throws IOException {
    List<String> lines =
        List.of(
            "GET /chat HTTP/1.1",
            "Host: a",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    RawHttp.Answer answer = check(String.join("\r\n", lines) + "\r\n\r\n");
    assertEquals(200, answer.status());
    assertEquals(List.of("websocket"), gatekeeper.lastChecked().headers("upgrade"));
  }

  @Test
  void headersAreShownAsTheyCame() throws IOException {
    check("GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2, 3\r\nX_B: \u00e9\r\n\r\n");
    assertEquals(List.of("1", "2, 3"), gatekeeper.lastChecked().headers("X-a"));
    assertEquals(List.of("\u00e9"), gatekeeper.lastChecked().headers("x_b"));
    assertEquals(
        List.of("Host", "X-A", "x-a", "X_B"), List.copyOf(gatekeeper.lastChecked().headerNames()));
  }

  @ParameterizedTest
  @CsvSource({"1000", "3000000"})
  void bodyOfACheckIsDiscarded(int size) throws IOException {
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      String head =
          "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n";
      http.send(head + "Content-Length: " + size + "\r\n\r\n" + "x".repeat(size));
      assertEquals(200, http.read().status());
      assertTrue(gatekeeper.lastChecked().form().isEmpty());
      http.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, http.read().status());
      assertEquals("/next", gatekeeper.lastChecked().target());
    }
  }

  @Test
  void clientThatWaitsForItsBodyToBeWantedIsToldToGoOn() throws IOException {
    try (RawHttp http = new RawHttp(server.checkAddress())) {
      http.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(100, http.read().status());
      assertEquals(200, http.send("abc").read().status());
      http.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(200, http.read().status());
    }
  }
}
