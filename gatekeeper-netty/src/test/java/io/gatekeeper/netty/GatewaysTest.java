package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.GatekeeperConfig.Gateway;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What passes each gateway, both ways: the real ones with the files that we ship, where it can. */
class GatewaysTest extends AtEachGateway {
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void nothingPassesWhileTheServerIsDown(Gateway kind) throws IOException {
    start(kind);
    server.close();

    for (String target : List.of("/page", "/gatekeeper/session", "/check", "/gatekeeper-check")) {
      assertNothingPassed(send("GET " + target, "Cookie: gatekeeper=x"));
      assertNothingPassed(send("POST " + target, "Content-Length: 0"));
    }
  }

  /** Ours have no patience of their own to show. */
  @ParameterizedTest
  @EnumSource(names = {"NGINX", "CADDY", "HAPROXY"})
  void nothingPassesWhereNobodyAnswersInTime(Gateway kind) throws Exception {
    assumeReal(kind);
    assertRefused(kind, null);
  }

  /** What says yes to some gateways and isn't ours: only HAProxy's script looks that closely. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void nothingPassesOnAnAnswerThatIsNone(Gateway kind) throws Exception {
    for (String odd :
        List.of(
            "",
            "nonsense\r\n\r\n",
            "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 404 Oh\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")) {
      assertRefused(kind, odd);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "HAPROXY")
  void scriptWantsEveryHeaderOnce(Gateway kind) throws Exception {
    String all =
        String.join(
            "\r\n",
            "X-Auth-Request-User: a",
            "X-Auth-Request-Email: ",
            "X-Auth-Request-Groups: ",
            "X-Auth-Request-Preferred-Username: ",
            "Cookie: ",
            "");
    String start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

    assertRefused(kind, "HTTP/1.1 204 No Content\r\n" + all + "\r\n");
    assertRefused(kind, start + all.replace("Cookie: \r\n", "") + "\r\n");
    assertRefused(kind, start + all.replace("X-Auth-Request-Groups: \r\n", "") + "\r\n");
    assertRefused(kind, start + all + "X-Auth-Request-User: b\r\n\r\n");
    assertEquals(200, answered(kind, start + all + "\r\n").status());
  }

  private void assertRefused(Gateway kind, String odd) throws Exception {
    RawHttp.Answer answer = answered(kind, odd);
    assertTrue(answer.status() >= 300, answer::toString);
    assertEquals(List.of(), application.received());
  }

  private RawHttp.Answer answered(Gateway kind, String odd) throws Exception {
    try (OddServer checks = new OddServer(odd);
        TestGateway asking = Gateways.start(dialect(kind))) {
      asking.route(
          new TestGateway.Routes(checks.address(), checks.address(), application.address()));
      return RawHttp.exchange(asking.address(), message("GET /page", "Accept: text/html"));
    }
  }

  /** HAProxy lets a request go on when a script breaks off; the line after it doesn't. */
  @ParameterizedTest
  @EnumSource(names = "HAPROXY")
  void scriptThatBreaksOffLetsNothingBy(Gateway kind) throws Exception {
    assumeReal(kind);
    start(
        kind,
        new RealGateway(
            RealGateway.Kind.HAPROXY,
            text -> text.replace("    local answer =", "    error('broken')\n    local answer =")),
        application.address());

    RawHttp.Answer answer = send("GET /page");

    assertEquals(503, answer.status());
    assertNothingPassed(answer);
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void pathOfTheCheckIsAPageLikeAnyOther(Gateway kind) throws IOException {
    start(kind);
    gatekeeper.decide = request -> new Decision.Respond(Response.of(403), Rejection.FORBIDDEN);
    gatekeeper.answer = request -> CompletableFuture.completedFuture(Response.of(403));

    for (String target : List.of("/check", "/check/check", "/gatekeeper-check", "/check?/public")) {
      RawHttp.Answer answer =
          send("GET " + target, "X-Original-URI: /public", "X-Forwarded-Uri: /public");
      assertNothingPassed(answer);
      assertTrue(answer.status() == 403 || answer.status() == 404, answer::toString);
      assertEquals("", answer.header("X-Auth-Request-User", ""));
    }
    assertTrue(
        gatekeeper.checked.stream().noneMatch(asked -> asked.target().startsWith("/public")),
        "a client's own word");
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void checkSeesWhatTellsPeopleFromPrograms(Gateway kind) throws IOException {
    start(kind);
    Map<String, String> told = new LinkedHashMap<>();
    told.put("Accept", "application/json");
    told.put("Origin", "https://spa.example");
    told.put("Sec-Fetch-Mode", "cors");
    told.put("Sec-Fetch-Dest", "empty");
    told.put("Sec-Fetch-Site", "cross-site");
    told.put("Sec-Purpose", "prefetch");
    told.put("X-Requested-With", "XMLHttpRequest");
    told.put("Access-Control-Request-Method", "PUT");
    told.put("Cookie", "a=1; b=2");
    List<String> lines = new ArrayList<>();
    told.forEach((name, value) -> lines.add(name + ": " + value));

    send("OPTIONS /data?x=1&y=2", lines.toArray(new String[0]));

    GatekeeperRequest asked = gatekeeper.lastChecked();
    assertEquals("OPTIONS", asked.method());
    assertEquals("/data?x=1&y=2", asked.target());
    assertEquals("app.example:8080", asked.host());
    told.forEach((name, value) -> assertEquals(List.of(value), asked.headers(name), name));
  }

  /** Traefik takes it out; there the handshake's own headers tell. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TRAEFIK")
  void checkSeesThatAnUpgradeIsAskedFor(Gateway kind) throws IOException {
    start(kind);

    send(
        "GET /chat",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    assertEquals(List.of("websocket"), gatekeeper.lastChecked().headers("Upgrade"));
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void wordOfAClientDoesNotReplaceTheGateways(Gateway kind) throws IOException {
    start(kind);

    send(
        "POST /form?a=1&b=2",
        "Content-Length: 0",
        "X-Original-Method: GET",
        "X-Original-URI: /public",
        "X-ORIGINAL-URI: /public",
        "X-Forwarded-Method: GET",
        "X-Forwarded-Uri: /public",
        "x-forwarded-uri: /public",
        "X-Forwarded-Host: evil.example",
        "X-HTTP-Method-Override: GET");

    GatekeeperRequest asked = gatekeeper.lastChecked();
    assertEquals("POST", asked.method());
    assertEquals("/form?a=1&b=2", asked.target());
    assertEquals("app.example:8080", asked.host());
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void bodyGoesToTheApplicationAndNotToTheCheck(Gateway kind) throws IOException {
    start(kind);

    RawHttp.Answer answer =
        RawHttp.exchange(
            gateway.address(),
            message("POST /form", "Content-Type: text/plain", "Content-Length: 9")
                .concat("some=body"));

    assertTrue(answer.body().endsWith("some=body"), answer::toString);
    assertCheckHadNoBody();
    String chunked =
        message("POST /form", "Content-Type: text/plain", "Transfer-Encoding: chunked");
    answer = RawHttp.exchange(gateway.address(), chunked + "4\r\nsome\r\n5\r\n=body\r\n0\r\n\r\n");
    assertTrue(answer.body().endsWith("some=body"), answer::toString);
    assertCheckHadNoBody();
  }

  private void assertCheckHadNoBody() {
    GatekeeperRequest asked = gatekeeper.lastChecked();
    assertEquals("POST", asked.method());
    assertTrue(asked.headers("Transfer-Encoding").isEmpty());
    assertTrue(
        asked.headers("Content-Length").isEmpty()
            || asked.headers("Content-Length").equals(List.of("0")),
        asked.headers("Content-Length")::toString);
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void applicationIsToldWhoItIsInPlaceOfWhatAClientSays(Gateway kind) throws IOException {
    start(kind);
    proceed("anna", "theme=dark");
    List<String> forged = new ArrayList<>(List.of("Cookie: gatekeeper=x; theme=dark"));
    for (String name : IDENTITY_HEADERS) {
      forged.add(name + ": root");
      forged.add(name.toUpperCase(Locale.ROOT) + ": root");
    }

    RawHttp.Answer answer = send("GET /page", forged.toArray(new String[0]));

    List<String> seen = answer.body().lines().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    assertTrue(seen.contains("x-auth-request-user: anna"), answer::toString);
    assertTrue(seen.contains("cookie: theme=dark"), answer::toString);
    assertFalse(answer.body().contains("root"), answer::toString);
    assertFalse(answer.body().contains("gatekeeper=x"), answer::toString);
  }

  /** Refused, dropped, or shown to the check, which refuses it; never shown to the application. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void nameThatServersTakeForAnIdentityHeadersPassesNowhereUnseen(Gateway kind) throws IOException {
    start(kind);
    for (String name :
        List.of("X_Auth_Request_User", "x.auth.request.user", "X-Auth_Request.User")) {
      gatekeeper.checked.clear();

      RawHttp.Answer answer = send("GET /page", name + ": root");

      boolean shown = gatekeeper.checked.stream().anyMatch(asked -> !asked.headers(name).isEmpty());
      assertTrue(shown || !answer.body().contains("root"), answer::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void everyCookieOfARefusalArrives(Gateway kind) throws IOException {
    start(kind);
    Response login =
        Response.redirect(302, "https://idp.example/auth?a=1&b=2")
            .with("Set-Cookie", "one=1; HttpOnly")
            .with("Set-Cookie", "two=2; HttpOnly")
            .with("Set-Cookie", "three=" + "3".repeat(3800) + "; HttpOnly");
    gatekeeper.decide = request -> new Decision.Respond(login, Rejection.SESSION_MISSING);
    gatekeeper.answer = request -> CompletableFuture.completedFuture(login);

    RawHttp.Answer answer = send("GET /page?x=1&y=2", "Accept: text/html");

    assertEquals(302, answer.status());
    assertEquals(List.of("https://idp.example/auth?a=1&b=2"), answer.headers("Location"));
    assertEquals(3, answer.headers("Set-Cookie").size(), answer::toString);
    assertEquals("one=1; HttpOnly", answer.headers("Set-Cookie").get(0));
    assertEquals(List.of(), application.received());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "ENVOY")
  void refusalArrivesWithItsStatusTypeAndBody(Gateway kind) throws IOException {
    start(kind);
    for (int status : new int[] {400, 401, 403}) {
      Rejection reason =
          status == 401 ? Rejection.SESSION_MISSING : Rejection.IDENTITY_HEADER_ALIAS;
      Response refusal =
          Response.of(status)
              .with("WWW-Authenticate", "Bearer")
              .withBody("application/problem+json", "{\"status\": " + status + "}");
      gatekeeper.decide = request -> new Decision.Respond(refusal, reason);
      gatekeeper.answer = request -> CompletableFuture.completedFuture(refusal);

      for (String method : List.of("GET", "POST", "DELETE")) {
        RawHttp.Answer answer = send(method + " /form", "Content-Length: 0");
        assertEquals(status, answer.status());
        assertEquals(List.of("application/problem+json"), answer.headers("Content-Type"));
        assertEquals(List.of("Bearer"), answer.headers("WWW-Authenticate"));
        assertEquals(List.of("no-store"), answer.headers("Cache-Control"));
        assertEquals("{\"status\": " + status + "}", answer.body());
      }
      RawHttp.Answer head = send("HEAD /form");
      assertEquals(status, head.status());
      assertEquals("", head.body());
    }
  }

  /** Not taken for one of the check's. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void refusalOfTheApplicationIsItsOwn(Gateway kind) throws Exception {
    for (int status : new int[] {401, 403}) {
      String own = "HTTP/1.1 " + status + " No\r\nContent-Length: 3\r\nX-Own: 1\r\n\r\nown";
      try (OddServer refusing = new OddServer(own)) {
        start(kind, Gateways.start(dialect(kind)), refusing.address());

        RawHttp.Answer answer = send("GET /page", "Accept: text/html");

        assertEquals(status, answer.status());
        assertEquals("own", answer.body());
        assertEquals(List.of("1"), answer.headers("X-Own"));
        assertTrue(gatekeeper.challenged.isEmpty());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void longCookiesAndTargetsPass(Gateway kind) throws IOException {
    start(kind);
    String cookie = "gatekeeper=" + "x".repeat(3800) + "; b=" + "y".repeat(8000);
    proceed("anna", "b=" + "y".repeat(8000));

    RawHttp.Answer answer = send("GET /page?" + "z".repeat(6000), "Cookie: " + cookie);

    assertEquals(200, answer.status());
    assertEquals(List.of(cookie), gatekeeper.lastChecked().headers("Cookie"));
    assertTrue(answer.body().contains("b=" + "y".repeat(8000)));
    assertFalse(answer.body().contains("gatekeeper="));
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void ownEndpointIsServedWithItsFormAndCookiesWhole(Gateway kind) throws IOException {
    start(kind);
    proceed("", "gatekeeper=x; a=b");
    gatekeeper.answer =
        request ->
            CompletableFuture.completedFuture(
                Response.of(200)
                    .with("Set-Cookie", "one=1")
                    .with("Set-Cookie", "two=2")
                    .withBody("text/html", request.method() + " " + request.form().orElse("none")));

    RawHttp.Answer answer =
        RawHttp.exchange(
            gateway.address(),
            message(
                    "POST /gatekeeper/logout",
                    "X-Original-URI: /x",
                    "X-Original-Method: GET",
                    "Cookie: gatekeeper=x; a=b",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 9")
                .concat("token=abc"));

    assertEquals(200, answer.status());
    assertEquals("POST token=abc", answer.body());
    assertEquals(List.of("text/html"), answer.headers("Content-Type"));
    assertEquals(List.of("one=1", "two=2"), answer.headers("Set-Cookie"));
    GatekeeperRequest served = gatekeeper.served.get(0);
    assertEquals("/gatekeeper/logout", served.target());
    assertEquals(List.of("gatekeeper=x; a=b"), served.headers("Cookie"));
    assertTrue(gatekeeper.challenged.isEmpty());
    assertEquals(List.of(), application.received());
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX", "CADDY", "HAPROXY"})
  void webSocketGoesThroughOnceItIsAllowed(Gateway kind) throws Exception {
    assumeReal(kind);
    try (WebSocketApplication sockets = new WebSocketApplication()) {
      start(kind, Gateways.start(dialect(kind)), sockets.address());

      try (RawHttp client = new RawHttp(gateway.address())) {
        client.send(
            message(
                "GET /chat",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "X-Auth-Request-User: root",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        assertEquals(101, client.read().status());
        assertEquals("hello", client.send("hello\r\n").line());
        assertTrue(
            sockets.head().stream().anyMatch("x-auth-request-user: anna"::equalsIgnoreCase),
            sockets.head()::toString);
        assertFalse(sockets.head().toString().contains("root"));
      }
    }
  }
}
