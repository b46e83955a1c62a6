package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatekeeper.netty.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keycloak on loopback, with a realm of ours and a database in memory: it forgets its clients when
 * it stops. Its files are links to those that the install unpacked, in a directory of its own.
 */
final class KeycloakServer {
  private static final String REALM = "/realms/interop";
  private static final List<String> LINKED = List.of("lib", "conf", "providers", "themes");

  private final InetSocketAddress address = LoopbackPorts.free();
  private final String url = "http://127.0.0.1:" + address.getPort();
  private final KeycloakAdmin admin = new KeycloakAdmin(url);
  private final Program program = new Program("keycloak");
  private boolean running;

  private static KeycloakServer shared;

  /** One that doesn't run yet. */
  KeycloakServer() {
    Path home = program.directory();
    for (String name : LINKED) {
      link(home.resolve(name), Installed.cached("keycloak/" + name));
    }
    program.file("data/import/realm.json", realm());
    program
        .environment("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.USER)
        .environment("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakAdmin.PASSWORD)
        // Not its bin/kc.sh, a shell that stays between us and the server.
        .command(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-cp",
            home.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start",
            "--optimized",
            "--import-realm",
            // Otherwise it looks for others of its kind on all networks.
            "--cache=local",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + address.getPort(),
            "--hostname=" + url);
  }

  private static void link(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String realm() {
    try (InputStream file = KeycloakServer.class.getResourceAsStream("keycloak-realm.json")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one of this JVM; it runs until the end. */
  static synchronized KeycloakServer shared() {
    if (shared == null) {
      shared = new KeycloakServer();
    }
    return shared;
  }

  /** The realm's issuer. */
  String issuer() {
    return url + REALM;
  }

  /** Starts it, unless it runs. */
  void start() {
    if (!running) {
      program.start(() -> Http.answers(address, REALM));
      running = true;
    }
  }

  /** Adds a client to the realm, as the admin API describes one. */
  void register(Map<String, Object> client) {
    admin.send("POST", "/admin" + REALM + "/clients", client);
  }

  /** What the admin API says of the realm there. */
  JsonNode get(String path) {
    return admin.get("/admin" + REALM + path);
  }

  /** Has something done to the realm. */
  void send(String method, String path, Object what) {
    admin.send(method, "/admin" + REALM + path, what);
  }

  void stop() {
    program.stop();
    running = false;
  }
}
