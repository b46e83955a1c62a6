package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnvoyGatewayTest {
  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private final AuthCheckServer server = Servers.start(gatekeeper, "/check");
  private final EchoApplication application = EchoApplication.start();
  private final TestGateway gateway =
      new FixtureGateway(new EnvoyManners("/check", Set.of("X-User", "cookie")))
          .route(
              new TestGateway.Routes(
                  server.checkAddress(), server.address(), application.address()));

  @AfterEach
  void stop() {
    gateway.close();
    application.close();
    server.close();
  }

  private RawHttp.Answer send(String message) throws IOException {
    return RawHttp.exchange(gateway.address(), message);
  }

  @Test
  void applicationSeesTheIdentityAndNotTheClientsOwn() throws IOException {
    gatekeeper.decide =
        request -> new Decision.Proceed(null, null, Map.of("X-User", "someone"), "theme=dark");
    RawHttp.Answer answer =
        send(
            "POST /a%2Fb/../c?d HTTP/1.1\r\nHost: app\r\nx-user: forged\r\nX-User: admin\r\n"
                + "Cookie: secret=1; theme=dark\r\nX-Other: kept\r\nContent-Length: 4\r\n\r\nbody");
    assertEquals(200, answer.status());
    List<String> lines = answer.body().lines().toList();
    assertEquals("POST /a%2Fb/../c?d HTTP/1.1", lines.get(0));
    assertTrue(lines.contains("X-User: someone"));
    assertTrue(lines.contains("Cookie: theme=dark"));
    assertTrue(lines.contains("X-Other: kept"));
    assertTrue(lines.contains("body"));
    assertFalse(answer.body().contains("forged"));
    assertFalse(answer.body().contains("admin"));
    assertFalse(answer.body().contains("secret"));
  }

  @Test
  void checkSeesMethodTargetHostAndTheListedHeadersAlone() throws IOException {
    send("PUT /x?y HTTP/1.1\r\nHost: app\r\nAccept: a\r\nX-Other: b\r\nCookie: c=d\r\n\r\n");
    assertEquals("PUT", gatekeeper.lastChecked().method());
    assertEquals("/x?y", gatekeeper.lastChecked().target());
    assertEquals("app", gatekeeper.lastChecked().host());
    assertEquals(List.of("a"), gatekeeper.lastChecked().headers("accept"));
    assertEquals(List.of("c=d"), gatekeeper.lastChecked().headers("cookie"));
    assertEquals(List.of(), gatekeeper.lastChecked().headers("x-other"));
  }

  @Test
  void ownEndpointsAreServedAndTheirAnswerPassesWhole() throws IOException {
    gatekeeper.answer =
        request ->
            java.util.concurrent.CompletableFuture.completedFuture(
                Response.of(503).withBody("text/html", request.form().orElse("none")));
    RawHttp.Answer answer =
        send(
            "POST /gatekeeper/logout HTTP/1.1\r\nHost: app\r\nContent-Length: 3\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\na=b");
    assertEquals(503, answer.status());
    assertEquals("a=b", answer.body());
    assertEquals("text/html", answer.header("Content-Type", ""));
    assertEquals(List.of(), application.received());
  }

  @Test
  void refusalReachesTheClientWithListedHeadersOnly() throws IOException {
    gatekeeper.respond(
        Response.redirect(302, "https://idp.example/auth")
            .with("Set-Cookie", "one=1")
            .with("Set-Cookie", "two=2")
            .withBody("text/html", "moved"));
    RawHttp.Answer answer = send("GET / HTTP/1.1\r\nHost: app\r\n\r\n");
    assertEquals(302, answer.status());
    assertEquals("https://idp.example/auth", answer.header("Location", ""));
    assertEquals(List.of("one=1", "two=2"), answer.headers("Set-Cookie"));
    assertEquals(List.of("text/plain"), answer.headers("Content-Type"));
    assertEquals(List.of(), answer.headers("Cache-Control"));
    assertEquals("moved", answer.body());
    assertEquals(List.of(), application.received());
  }

  @Test
  void deadCheckPortIsAnEmpty403() throws IOException {
    server.close();
    RawHttp.Answer answer = send("GET / HTTP/1.1\r\nHost: app\r\n\r\n");
    assertEquals(403, answer.status());
    assertEquals("", answer.body());
    assertEquals(List.of(), application.received());
  }
}
