package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway gets to hear from the whole of it, over the socket. */
class CheckAnswersTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String HOST = "localhost:9999";
  private static final Set<Integer> UNDERSTOOD = Set.of(302, 400, 401, 403);

  private Gatekeeper gatekeeper;
  private AuthCheckServer server;

  @BeforeEach
  void start() {
    gatekeeper =
        Gatekeeper.builder(
                GatekeeperConfig.builder()
                    .set("issuer", "http://localhost:1")
                    .set("client-id", "client")
                    .set("external-url", "http://" + HOST)
                    .set("session-secrets", List.of(SECRET))
                    .set("allow.users", List.of("anna"))
                    .set(
                        "rules",
                        List.of(
                            Map.of("path", "/public/**", "access", "public"),
                            Map.of("path", "/admin/**", "groups", List.of("admins")),
                            Map.of("path", "/closed/**", "access", "deny")))
                    .build())
            .build();
    server = Servers.start(gatekeeper);
  }

  @AfterEach
  void stop() {
    server.close();
    gatekeeper.close();
  }

  private static String session(String user) {
    String token =
        new JwtSessionTokens(
                SessionKeys.of(List.of(SECRET)),
                "http://" + HOST,
                "client",
                new SessionTerms(Duration.ofHours(12)),
                Clock.systemUTC())
            .issue(new NewSession("sid", Identity.of(user), "login", null, null));
    return "Cookie: gatekeeper=" + token;
  }

  private RawHttp.Answer check(String method, String target, String host, String... lines)
      throws IOException {
    StringBuilder message = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    message.append("Host: ").append(host).append("\r\n");
    for (String line : lines) {
      message.append(line).append("\r\n");
    }
    return RawHttp.exchange(server.checkAddress(), message.append("\r\n").toString());
  }

  static List<String> refusedTargets() {
    return List.of(
        "/admin/page",
        "/closed/page",
        "//admin",
        "/./admin",
        "/public/../admin",
        "/public/%2e%2e/admin",
        "/public/..;/admin",
        "/public\\..\\admin",
        "/%zz",
        "/%00",
        "/a%2f..%2fb",
        "/gatekeeper/nothing",
        "/gatekeeper/",
        "/admin?" + "x".repeat(3000),
        "http://localhost:9999/admin",
        "*");
  }

  @ParameterizedTest
  @MethodSource("refusedTargets")
  void gatewayHearsOnlyWhatItUnderstands(String target) throws IOException {
    List<String> people =
        List.of("Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe");
    List<List<String>> kinds =
        List.of(
            List.of(),
            List.of("Accept: text/html"),
            people,
            List.of("Accept: application/json"),
            List.of("Accept: text/html", "Upgrade: websocket", "Connection: Upgrade"),
            List.of("Accept: text/html", "X_Auth_Request_User: root"));
    // One token: the next second's is another.
    String anna = session("anna");
    for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE", "TRACE", "PURGE")) {
      for (List<String> kind : kinds) {
        for (String cookie : List.of("Cookie: a=b", anna, session("bob"))) {
          for (String host : List.of(HOST, "evil.example")) {
            List<String> lines = new ArrayList<>(kind);
            lines.add(cookie);
            RawHttp.Answer answer = check(method, target, host, lines.toArray(new String[0]));
            String what = method + " " + target + " " + host + " " + kind;
            if (answer.status() == 200) {
              assertTrue(target.startsWith("/gatekeeper/") && cookie.equals(anna), what);
            } else {
              assertTrue(UNDERSTOOD.contains(answer.status()), what + ": " + answer.status());
            }
          }
        }
      }
    }
  }

  @Test
  void providerThatIsAwayIsNoServerErrorOfTheCheck() throws IOException {
    assertEquals(302, check("GET", "/page", HOST, "Accept: text/html").status());
    assertEquals(401, check("GET", "/page", HOST, "Accept: application/json").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"X_Auth_Request_User", "x.auth.request.user", "X-AUTH_REQUEST.GROUPS"})
  void aliasOfAnIdentityHeaderIsABadRequestOnEveryPath(String alias) throws IOException {
    for (String target : List.of("/page", "/public/page")) {
      assertEquals(400, check("GET", target, HOST, session("anna"), alias + ": root").status());
      assertEquals(400, check("GET", target, HOST, alias + ": root").status());
    }
  }

  @Test
  void identityHeaderInAnotherCaseIsNoAliasForTheGatewayOverwritesIt() throws IOException {
    for (String target : List.of("/page", "/public/page")) {
      RawHttp.Answer answer =
          check("GET", target, HOST, session("anna"), "x-AUTH-request-USER: root");
      assertEquals(200, answer.status());
      assertEquals(List.of("anna"), answer.headers("X-Auth-Request-User"));
    }
  }

  @Test
  void publicPageSaysNothingOfSomebodyWhoIsNotAllowed() throws IOException {
    RawHttp.Answer answer = check("GET", "/public/page", HOST, session("bob"));

    assertEquals(200, answer.status());
    assertEquals(List.of(""), answer.headers("X-Auth-Request-User"));
    assertEquals(403, check("POST", "/page", HOST, session("bob")).status());
  }
}
