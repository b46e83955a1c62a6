package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperConfig.Gateway;
import io.gatekeeper.http.GatekeeperRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which request each gateway asks about: by one set of headers, which it overwrites. */
class DialectQuestionTest {
  private static final Map<String, String> FORWARDED =
      Map.of(
          "X-Forwarded-Method", "PUT",
          "X-Forwarded-Host", "app.example",
          "X-Forwarded-Uri", "/a/../b?c=/d&e");
  private static final Map<String, String> ORIGINAL =
      Map.of("X-Original-Method", "PUT", "X-Original-URI", "/a/../b?c=/d&e", "Host", "app.example");

  private final StubGatekeeper gatekeeper = new StubGatekeeper();
  private AuthCheckServer server;

  private void start(Gateway gateway) {
    server =
        AuthCheckServer.start(
            gatekeeper,
            new GatekeeperConfig.Server(
                gateway, "127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0", "", List.of("127.0.0.0/8")),
            Transport.nio());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Map<String, String> own(Gateway gateway) {
    return gateway == Gateway.TRAEFIK || gateway == Gateway.CADDY ? FORWARDED : ORIGINAL;
  }

  private static List<String> lines(Map<String, String> headers) {
    List<String> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  private RawHttp.Answer check(String target, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(lines);
    if (all.stream().noneMatch(line -> line.startsWith("Host:"))) {
      all.add("Host: checks.internal");
    }
    return RawHttp.exchange(
        server.checkAddress(),
        "GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", all) + "\r\n\r\n");
  }

  private static int malformed(Gateway gateway) {
    return gateway == Gateway.NGINX ? 403 : 400;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENVOY")
  void headersTellOfTheRequestByteForByte(Gateway gateway) throws IOException {
    start(gateway);

    assertEquals(200, check("/check", lines(own(gateway))).status());

    GatekeeperRequest asked = gatekeeper.lastChecked();
    assertEquals("PUT", asked.method());
    assertEquals("app.example", asked.host());
    assertEquals("/a/../b?c=/d&e", asked.target());
    assertTrue(asked.form().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENVOY")
  void queryOfACheckIsIgnored(Gateway gateway) throws IOException {
    start(gateway);

    assertEquals(200, check("/check?c=/d&e", lines(own(gateway))).status());

    assertEquals("/a/../b?c=/d&e", gatekeeper.lastChecked().target());
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(Gateway.NGINX, Gateway.TRAEFIK, Gateway.CADDY, Gateway.HAPROXY)
        .flatMap(gateway -> own(gateway).keySet().stream().map(name -> Arguments.of(gateway, name)))
        .filter(arguments -> !arguments.get()[1].equals("Host"));
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void missingHeaderIsRefused(Gateway gateway, String name) throws IOException {
    start(gateway);

    List<String> lines = lines(own(gateway));
    lines.removeIf(line -> line.startsWith(name + ":"));

    assertEquals(malformed(gateway), check("/check", lines).status());
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void headerSaidTwiceIsRefused(Gateway gateway, String name) throws IOException {
    start(gateway);
    for (String again : List.of(own(gateway).get(name), "/public", "")) {
      List<String> lines = lines(own(gateway));
      lines.add(name.toLowerCase(java.util.Locale.ROOT) + ": " + again);

      assertEquals(malformed(gateway), check("/check", lines).status());
    }
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void emptyHeaderIsRefused(Gateway gateway, String name) throws IOException {
    start(gateway);

    List<String> lines = lines(own(gateway));
    lines.replaceAll(line -> line.startsWith(name + ":") ? name + ":" : line);

    assertEquals(malformed(gateway), check("/check", lines).status());
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENVOY")
  void targetThatIsNoPathIsRefused(Gateway gateway) throws IOException {
    start(gateway);
    for (String target : List.of("*", "app.example:443", "http://app.example/", "page", "?a")) {
      List<String> lines = lines(own(gateway));
      lines.replaceAll(
          line -> line.contains("/a/../b") ? line.substring(0, line.indexOf(' ')) + target : line);

      assertEquals(malformed(gateway), check("/check", lines).status());
    }
    assertTrue(gatekeeper.checked.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENVOY")
  void pathOtherThanTheChecksIsRefused(Gateway gateway) throws IOException {
    start(gateway);
    for (String target :
        List.of(
            "/", "/check/", "/check/a", "/checks", "/Check", "//check", "/%63heck", "/a?/check")) {
      assertEquals(malformed(gateway), check(target, lines(own(gateway))).status(), target);
    }
    assertTrue(gatekeeper.checked.isEmpty());
  }

  /** A gateway passes on what it doesn't overwrite, as a client sent it. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void headersOfOtherGatewaysChangeNothing(Gateway gateway) throws IOException {
    start(gateway);
    Map<String, String> others =
        Map.of(
            "X-Forwarded-Method", "GET",
            "X-Forwarded-Host", "evil.example",
            "X-Forwarded-Uri", "/public",
            "X-Original-Method", "GET",
            "X-Original-URI", "/public",
            "X-Original-URL", "/public",
            "X-Rewrite-URL", "/public",
            "X-Envoy-Original-Path", "/public",
            "Forwarded", "host=evil.example",
            "X-HTTP-Method-Override", "GET");
    List<String> lines = new ArrayList<>();
    others.forEach(
        (name, value) -> {
          if (gateway == Gateway.ENVOY || !own(gateway).containsKey(name)) {
            lines.add(name + ": " + value);
          }
        });
    lines.addAll(gateway == Gateway.ENVOY ? List.of("Host: app.example") : lines(own(gateway)));

    String target = gateway == Gateway.ENVOY ? "/a/../b?c=/d&e" : "/check";
    assertEquals(200, check(target, lines).status());

    GatekeeperRequest asked = gatekeeper.lastChecked();
    assertEquals("app.example", asked.host());
    assertEquals("/a/../b?c=/d&e", asked.target());
    assertEquals(gateway == Gateway.ENVOY ? "GET" : "PUT", asked.method());
  }

  /** Only what came back by nginx's error_page is a refused request. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void ownEndpointsBelieveTheHeadersOfNginxAlone(Gateway gateway) throws IOException {
    start(gateway);
    String lines =
        String.join(
            "\r\n",
            "Host: app.example",
            "X-Original-Method: POST",
            "X-Original-URI: /form?a&b",
            "X-Forwarded-Method: PUT",
            "X-Forwarded-Host: h",
            "X-Forwarded-Uri: /x");

    RawHttp.exchange(
        server.address(), "GET /gatekeeper/login?return=/y HTTP/1.1\r\n" + lines + "\r\n\r\n");

    if (gateway == Gateway.NGINX) {
      assertTrue(gatekeeper.served.isEmpty());
      GatekeeperRequest refused = gatekeeper.challenged.get(0);
      assertEquals("POST", refused.method());
      assertEquals("/form?a&b", refused.target());
      assertEquals("app.example", refused.host());
    } else {
      assertTrue(gatekeeper.challenged.isEmpty());
      assertEquals("/gatekeeper/login?return=/y", gatekeeper.served.get(0).target());
      assertEquals("GET", gatekeeper.served.get(0).method());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NGINX")
  void refusedRequestThatIsToldInPartIsABadRequest(Gateway gateway) throws IOException {
    start(gateway);
    for (String lines :
        List.of(
            "X-Original-URI: /a",
            "X-Original-Method: GET",
            "X-Original-Method: GET\r\nX-Original-URI: /a\r\nX-Original-URI: /b",
            "X-Original-Method: GET\r\nX-Original-URI:")) {
      RawHttp.Answer answer =
          RawHttp.exchange(
              server.address(),
              "GET /gatekeeper/login HTTP/1.1\r\nHost: app.example\r\n" + lines + "\r\n\r\n");

      assertEquals(400, answer.status(), lines);
    }
    assertTrue(gatekeeper.challenged.isEmpty() && gatekeeper.served.isEmpty());
  }
}
