package io.gatekeeper.examples.kubeflow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private static final String ALLOW =
      RawServer.answer(
          200, "", "kubeflow-userid: ada@example.com", "kubeflow-groups:", "Cookie: theme=dark");

  private RawServer check;
  private RawServer own;
  private RawServer provider;
  private RawServer application;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    check = new RawServer(request -> ALLOW);
    own = new RawServer(request -> RawServer.answer(200, "own"));
    provider = new RawServer(request -> RawServer.answer(200, "provider"));
    application = new RawServer(request -> RawServer.answer(200, "application"));
    gateway = Gateway.open(0);
    gateway.start(
        new Routes(
            check.address(), own.address(), Optional.of(provider.address()), application.address()),
        Duration.ofMillis(500));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    check.close();
    own.close();
    provider.close();
    application.close();
  }

  private String get(String target, String... headers) throws IOException {
    return send("GET", target, "", headers);
  }

  private String send(String method, String target, String body, String... headers)
      throws IOException {
    String head =
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost:"
            + gateway.address().getPort()
            + "\r\nConnection: close\r\n"
            + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
            + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
            + "\r\n"
            + body;
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void assertEmpty403(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a?",
        "/a?x=1&x=2&x=",
        "/a?next=%2Fb%2f&q=a+b;c=d",
        "/a%2Fb/%C3%A9//c;v=1/d",
        "//double//slash?x",
        "/a?x={y}|z^`",
        "/a%20b/!$&'()*+,=:@?/?:@"
      })
  void targetsReachTheCheckAndTheApplicationByteForByte(String target) throws Exception {
    get(target);

    assertEquals("GET " + target + " HTTP/1.1", check.requests.take().line());
    assertEquals("GET " + target + " HTTP/1.1", application.requests.take().line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void theCheckIsAskedWithTheClientsMethodAndNoBody(String method) throws Exception {
    send(method, "/a", method.equals("POST") ? "x=1" : "", "Content-Type: text/plain");

    RawServer.Request asked = check.requests.take();
    assertEquals(method + " /a HTTP/1.1", asked.line());
    assertEquals("", asked.body());
    assertEquals(List.of(), asked.headers("content-type"));
  }

  @Test
  void aBodyReachesTheApplication() throws Exception {
    send("POST", "/a", "name=value&more=1", "Content-Type: application/x-www-form-urlencoded");

    RawServer.Request request = application.requests.take();
    assertEquals("name=value&more=1", request.body());
    assertEquals(List.of("application/x-www-form-urlencoded"), request.headers("content-type"));
  }

  @Test
  void theCheckSeesTheListedHeadersAlone() throws Exception {
    get(
        "/a",
        "Cookie: a=1",
        "Accept: text/html",
        "Sec-Fetch-Mode: navigate",
        "X-Other: 1",
        "kubeflow-userid: forged");

    RawServer.Request asked = check.requests.take();
    assertEquals(List.of("a=1"), asked.headers("cookie"));
    assertEquals(List.of("text/html"), asked.headers("accept"));
    assertEquals(List.of("navigate"), asked.headers("sec-fetch-mode"));
    assertEquals(List.of("localhost:" + gateway.address().getPort()), asked.headers("host"));
    assertEquals(List.of(), asked.headers("x-other"));
    assertEquals(List.of(), asked.headers("kubeflow-userid"));
  }

  @Test
  void theAnswersHeadersReplaceTheClients() throws Exception {
    get(
        "/a",
        "Cookie: session=secret; theme=dark",
        "Kubeflow-UserID: forged",
        "kubeflow-userid: twice",
        "kubeflow_userid: alias",
        "kubeflow-groups: forged");

    RawServer.Request request = application.requests.take();
    assertEquals(List.of("ada@example.com"), request.headers("kubeflow-userid"));
    assertEquals(List.of(""), request.headers("kubeflow-groups"));
    assertEquals(List.of("theme=dark"), request.headers("cookie"));
    assertEquals(List.of(), request.headers("kubeflow_userid"));
  }

  @Test
  void whatTheAnswerLeavesOutIsNotTheClientsToSay() throws Exception {
    check.answer(request -> RawServer.answer(200, ""));

    get("/a", "Cookie: a=1", "kubeflow-userid: forged", "kubeflow-groups: forged");

    RawServer.Request request = application.requests.take();
    assertEquals(List.of(), request.headers("kubeflow-userid"));
    assertEquals(List.of(), request.headers("kubeflow-groups"));
    assertEquals(List.of(), request.headers("cookie"));
  }

  @Test
  void anAllowanceLeaksNoSetCookieNorContentType() throws Exception {
    check.answer(
        request ->
            RawServer.answer(
                200, "", "Set-Cookie: stray=1", "Content-Type: text/stray", "X-Stray: 1"));

    String answer = send("POST", "/a", "x", "Content-Type: text/plain");

    RawServer.Request request = application.requests.take();
    assertEquals(List.of("text/plain"), request.headers("content-type"));
    assertEquals(List.of(), request.headers("set-cookie"));
    assertFalse(answer.contains("stray"), answer);
  }

  @Test
  void aDenialReachesTheClientWithAllItsCookies() throws Exception {
    check.answer(
        request ->
            RawServer.answer(
                302,
                "",
                "Location: http://provider.example/auth?x=%2F",
                "Set-Cookie: a=1; Path=/",
                "Set-Cookie: b=2; Path=/",
                "Cache-Control: no-store",
                "X-Internal: 1"));

    String answer = get("/a");

    assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
    assertTrue(answer.contains("Location: http://provider.example/auth?x=%2F\r\n"), answer);
    assertTrue(answer.contains("Set-Cookie: a=1; Path=/\r\n"), answer);
    assertTrue(answer.contains("Set-Cookie: b=2; Path=/\r\n"), answer);
    assertTrue(answer.contains("Cache-Control: no-store\r\n"), answer);
    assertFalse(answer.contains("X-Internal"), answer);
    assertTrue(application.requests.isEmpty());
  }

  @Test
  void a401KeepsItsChallengeItsTypeAndItsBody() throws Exception {
    check.answer(
        request ->
            RawServer.answer(
                401,
                "{\"status\":401}",
                "WWW-Authenticate: Bearer",
                "Content-Type: application/problem+json"));

    String answer = get("/a");

    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    assertTrue(answer.contains("WWW-Authenticate: Bearer\r\n"), answer);
    assertTrue(answer.contains("Content-Type: application/problem+json\r\n"), answer);
    assertTrue(answer.endsWith("{\"status\":401}"), answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 204, 304, 400, 404})
  void onlyA200LetsARequestBy(int status) throws Exception {
    check.answer(request -> RawServer.answer(status, ""));

    assertTrue(get("/a").startsWith("HTTP/1.1 " + status + " "));
    assertTrue(application.requests.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 599})
  void aFailingCheckLetsNothingBy(int status) throws Exception {
    check.answer(request -> RawServer.answer(status, "details", "Set-Cookie: a=1"));

    assertEmpty403(get("/a"));
    assertTrue(application.requests.isEmpty());
  }

  @Test
  void aSilentCheckLetsNothingBy() throws Exception {
    check.answer(request -> RawServer.SILENCE);

    assertEmpty403(get("/a"));
    assertTrue(application.requests.isEmpty());
  }

  @Test
  void aDeadCheckLetsNothingBy() throws Exception {
    check.close();

    assertEmpty403(get("/a"));
    assertTrue(application.requests.isEmpty());
  }

  @Test
  void anAnswerThatIsNotHttpLetsNothingBy() throws Exception {
    check.answer(request -> "nonsense\r\n\r\n");

    assertEmpty403(get("/a"));
    assertTrue(application.requests.isEmpty());
  }

  @Test
  void theProviderIsReachedUnasked() throws Exception {
    assertTrue(get("/dex/auth?x=1").endsWith("provider"));

    assertEquals("/dex/auth?x=1", provider.requests.take().target());
    assertTrue(check.requests.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dexter", "/dex", "/Dex/auth", "/%64ex/auth", "//dex/auth", "/a/dex/"})
  void whatOnlyLooksLikeTheProviderIsAskedAbout(String target) throws Exception {
    assertTrue(get(target).endsWith("application"));

    assertEquals(target, check.requests.take().target());
  }

  @Test
  void ownEndpointsAreAskedAboutAndServedByTheirServer() throws Exception {
    assertTrue(get("/gatekeeper/session").endsWith("own"));

    assertEquals("/gatekeeper/session", check.requests.take().target());
    assertEquals("/gatekeeper/session", own.requests.take().target());
  }

  @Test
  void aClientsForwardedHeadersAreReplaced() throws Exception {
    get("/dex/auth", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example");

    RawServer.Request request = provider.requests.take();
    int port = gateway.address().getPort();
    assertEquals(List.of("localhost:" + port), request.headers("x-forwarded-host"));
    assertEquals(List.of(String.valueOf(port)), request.headers("x-forwarded-port"));
    assertEquals(List.of("http"), request.headers("x-forwarded-proto"));
    assertFalse(request.headerLines().toString().toLowerCase(Locale.ROOT).contains("evil"));
  }

  @Test
  void aLongCookieGoesUp() throws Exception {
    String cookie = "long=" + "x".repeat(12_000);
    get("/dex/auth", "Cookie: " + cookie);

    assertEquals(List.of(cookie), provider.requests.take().headers("cookie"));
  }

  @Test
  void aPortInUseIsSaidAtOnce() {
    assertThrows(BindException.class, () -> Gateway.open(gateway.address().getPort()).close());
  }
}
