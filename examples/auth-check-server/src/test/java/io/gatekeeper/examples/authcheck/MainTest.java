package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String FREE = "127.0.0.1:0";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Running> running = new ArrayList<>();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "GATEKEEPER_ISSUER",
              "https://idp.example",
              "GATEKEEPER_CLIENT_ID",
              "gateway",
              "GATEKEEPER_EXTERNAL_URL",
              "https://app.example",
              "GATEKEEPER_LISTEN",
              FREE,
              "GATEKEEPER_CHECK_LISTEN",
              FREE,
              "GATEKEEPER_HEALTH_LISTEN",
              FREE));

  @AfterEach
  void close() {
    running.forEach(Running::close);
  }

  private int run(String... arguments) {
    Main main =
        new Main(
            config -> new ClosedGatekeeper(),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return main.run(running::add, arguments);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpIsGivenOnRequest(String argument) {
    assertEquals(0, run(argument));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Usage: java -jar"));
    assertTrue(running.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config", "--port 80", "gatekeeper.yaml", "--config a --config b", ""})
  void wrongCommandIsExplained(String arguments) {
    assertEquals(2, run(arguments.split(" ", -1)));
    assertTrue(errors().contains("Usage: java -jar"), errors());
    assertTrue(running.isEmpty());
  }

  @Test
  void wrongSettingsAreToldWithoutAStackTrace() {
    environment.remove("GATEKEEPER_ISSUER");
    environment.put("GATEKEEPER_CHECK_LISTEN", "nowhere");
    environment.put("GATEKEEPER_EXTERNAL_URLS", "x");
    assertEquals(2, run());
    assertTrue(errors().contains("issuer"), errors());
    assertTrue(errors().contains("check-listen: nowhere"), errors());
    assertFalse(errors().contains("\tat "), errors());
    assertTrue(running.isEmpty());
  }

  @Test
  void fileThatIsNotThereIsTold(@TempDir Path folder) {
    assertEquals(2, run("--config", folder.resolve("missing.yaml").toString()));
    assertTrue(errors().contains("missing.yaml"), errors());
    assertFalse(errors().contains("\tat "), errors());
  }

  @Test
  void portInUseIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("GATEKEEPER_LISTEN", "127.0.0.1:" + taken.getLocalPort());
      assertEquals(1, run());
      assertEquals(1, errors().lines().count());
      assertTrue(errors().startsWith("listen: 127.0.0.1:"), errors());
    }
  }

  @Test
  void serverAnswersOnItsThreePorts(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("gatekeeper.yaml");
    Files.writeString(file, "issuer: https://other.example\ngateway: envoy\n");
    assertEquals(0, run("--config", file.toString()));
    assertEquals(1, running.size());
    assertEquals(404, status(running.get(0).server().address(), "/gatekeeper/none"));
    assertEquals(403, status(running.get(0).server().checkAddress(), "/"));
    assertEquals(200, status(running.get(0).server().healthAddress(), "/live"));
  }

  private static int status(InetSocketAddress address, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
