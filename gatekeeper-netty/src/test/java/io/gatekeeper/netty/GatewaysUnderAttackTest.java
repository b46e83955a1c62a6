package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.GatekeeperConfig.Gateway;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that try to be believed by a gateway, or to speak its language. */
class GatewaysUnderAttackTest extends AtEachGateway {
  private static final String TEMPLATE = "{env.HOME}{http.request.host}$host${HOME}%[src]%{+Q}o";

  /** A client names what ends at the next neighbour, and gateways take that out. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void headersThatAClientLetsEndAtTheGatewayOpenNothing(Gateway kind) throws IOException {
    start(kind);
    for (String names :
        List.of(
            "X-Forwarded-Method, X-Forwarded-Host, X-Forwarded-Uri",
            "X-Original-Method, X-Original-URI, Host",
            "Accept, Origin, Sec-Fetch-Mode")) {
      gatekeeper.checked.clear();

      send(
          "GET /page",
          "Connection: close, " + names,
          "X-Original-URI: /public",
          "X-Forwarded-Uri: /public",
          "X-Forwarded-Host: evil.example");

      assertTrue(
          gatekeeper.checked.stream()
              .allMatch(
                  asked ->
                      asked.target().equals("/page") && asked.host().equals("app.example:8080")),
          names);
    }
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void identityThatAClientLetsEndAtTheGatewayIsNotItsOwnWord(Gateway kind) throws IOException {
    start(kind);

    RawHttp.Answer answer =
        send(
            "GET /page",
            "Connection: close, X-Auth-Request-User, X-Auth-Request-Groups",
            "X-Auth-Request-User: root",
            "X-Auth-Request-Groups: admins");

    assertFalse(answer.body().contains("root"), answer::toString);
    assertFalse(answer.body().contains("admins"), answer::toString);
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void valuesAreNoTemplates(Gateway kind) throws IOException {
    start(kind);
    proceed(TEMPLATE, "a=" + TEMPLATE);

    RawHttp.Answer answer = send("GET /page?x={env.HOME}$host", "Cookie: b=" + TEMPLATE);

    assertEquals(200, answer.status(), answer::toString);
    List<String> seen = answer.body().lines().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    String same = TEMPLATE.toLowerCase(Locale.ROOT);
    assertTrue(seen.contains("x-auth-request-user: " + same), answer::toString);
    assertTrue(seen.contains("cookie: a=" + same), answer::toString);
    assertEquals(List.of("b=" + TEMPLATE), gatekeeper.lastChecked().headers("Cookie"));
    assertEquals("/page?x={env.HOME}$host", gatekeeper.lastChecked().target());
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX", "CADDY", "HAPROXY"})
  void eachRequestOfAConnectionIsAskedAbout(Gateway kind) throws IOException {
    assumeReal(kind);
    start(kind);
    Decision proceeding = gatekeeper.decide.apply(null);
    Response refusal = Response.of(403);
    gatekeeper.decide =
        request ->
            request.target().equals("/open")
                ? proceeding
                : new Decision.Respond(refusal, Rejection.FORBIDDEN);
    gatekeeper.answer = request -> CompletableFuture.completedFuture(refusal);
    String keep = "Connection: keep-alive";

    try (RawHttp client = new RawHttp(gateway.address())) {
      for (int round = 0; round < 3; round++) {
        assertEquals(200, client.send(message("GET /open", keep)).read().status());
        assertEquals(403, client.send(message("GET /shut", keep)).read().status());
      }
    }
    assertTrue(
        application.received().stream().allMatch(seen -> seen.startsWith("GET /open ")),
        application.received()::toString);
    assertEquals(6, gatekeeper.checked.size());
  }

  /**
   * About what comes through a connection that a gateway has handed over, nobody is asked: it must
   * not become HTTP/2, in which a client says what it likes (RFC 7540, section 3.2).
   */
  @ParameterizedTest
  @EnumSource(names = {"NGINX", "CADDY", "HAPROXY"})
  void nothingButWebSocketIsUpgradedTo(Gateway kind) throws Exception {
    assumeReal(kind);
    start(kind);
    String settings = "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA";
    String both = "Connection: close, Upgrade, HTTP2-Settings";
    List<String[]> attempts =
        List.of(
            new String[] {both, settings, "Upgrade: h2c"},
            new String[] {"Connection: Upgrade", settings, "Upgrade: H2C"},
            new String[] {both, settings, "Upgrade: h2c, websocket"},
            new String[] {both, settings, "Upgrade: websocket,h2c"},
            new String[] {both, settings, "Upgrade: h2c", "Upgrade: websocket"},
            new String[] {both, settings, "Upgrade: websocket", "Upgrade: h2c"},
            new String[] {both, settings, "Upgrade: anything"});

    for (String[] lines : attempts) {
      RawHttp.Answer answer = send("GET /open", lines);

      List<String> seen = answer.body().lines().map(line -> line.toLowerCase(Locale.ROOT)).toList();
      assertTrue(
          seen.stream()
              .allMatch(line -> !line.startsWith("upgrade:") || line.equals("upgrade: websocket")),
          answer::toString);
      assertTrue(
          seen.stream().noneMatch(line -> line.startsWith("http2-settings:")), seen::toString);
    }
    assertTrue(send("GET /open", attempts.get(0)).body().contains("anna"), "ignored, not refused");
  }
}
