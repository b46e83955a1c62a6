package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperConfig.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A gateway, the server that it asks, which decides as a test says, and an application. */
abstract class AtEachGateway {
  static final List<String> IDENTITY_HEADERS =
      BehindGateway.LISTED.stream().filter(name -> !name.equals("Cookie")).sorted().toList();

  final StubGatekeeper gatekeeper = new StubGatekeeper();
  final EchoApplication application = EchoApplication.start();
  private final List<AutoCloseable> open = new ArrayList<>();
  AuthCheckServer server;
  TestGateway gateway;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    application.close();
  }

  final void start(Gateway kind) throws IOException {
    start(kind, Gateways.start(dialect(kind)), application.address());
  }

  final void start(Gateway kind, TestGateway asking, InetSocketAddress applicationAddress)
      throws IOException {
    server = startServer(kind);
    gateway = asking;
    open.add(0, gateway);
    gateway.route(
        new TestGateway.Routes(server.checkAddress(), server.address(), applicationAddress));
    proceed("anna", "");
  }

  static String dialect(Gateway kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private AuthCheckServer startServer(Gateway kind) {
    GatekeeperConfig.Server settings =
        new GatekeeperConfig.Server(
            kind,
            "127.0.0.1:0",
            "127.0.0.1:0",
            "127.0.0.1:0",
            kind == Gateway.ENVOY ? "/check" : "",
            List.of("127.0.0.0/8"));
    AuthCheckServer started = AuthCheckServer.start(gatekeeper, settings, Transport.nio());
    open.add(started);
    return started;
  }

  final void proceed(String user, String cookie) {
    Map<String, String> headers = new LinkedHashMap<>();
    IDENTITY_HEADERS.forEach(name -> headers.put(name, ""));
    headers.put("X-Auth-Request-User", user);
    gatekeeper.decide = request -> new Decision.Proceed(null, null, headers, cookie);
  }

  final RawHttp.Answer send(String start, String... lines) throws IOException {
    return RawHttp.exchange(gateway.address(), message(start, lines));
  }

  static String message(String start, String... lines) {
    List<String> all = new ArrayList<>(List.of(start + " HTTP/1.1", "Host: app.example:8080"));
    all.addAll(List.of(lines));
    if (Stream.of(lines).noneMatch(line -> line.startsWith("Connection:"))) {
      all.add("Connection: close");
    }
    return String.join("\r\n", all) + "\r\n\r\n";
  }

  final void assertNothingPassed(RawHttp.Answer answer) {
    assertTrue(answer.status() >= 400, answer::toString);
    assertEquals(List.of(), application.received());
  }

  /** Skips what only the real one can show. */
  static void assumeReal(Gateway kind) {
    assumeTrue(
        Gateways.isReal(RealGateway.Kind.valueOf(kind.name())), "no " + kind + " on this machine");
  }
}
