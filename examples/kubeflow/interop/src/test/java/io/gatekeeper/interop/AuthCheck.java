package io.gatekeeper.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gatekeeper.netty.LoopbackPorts;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gatekeeper's auth check as operators run it: {@code java -jar auth-check-server.jar}. */
final class AuthCheck implements AutoCloseable {
  private static final Path JAR = Path.of("../../auth-check-server/target/auth-check-server.jar");

  private final InetSocketAddress checks = LoopbackPorts.free();
  private final InetSocketAddress endpoints = LoopbackPorts.free();
  private final InetSocketAddress health = LoopbackPorts.free();
  private final Program program = new Program("gatekeeper");
  private final String file;

  /** One that doesn't run yet; {@code settings} without the ports. */
  AuthCheck(Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("listen", at(endpoints));
    all.put("check-listen", at(checks));
    all.put("health-listen", at(health));
    if (!Files.exists(JAR)) {
      throw new AssertionError(JAR + " is missing: mvn -Pinterop builds it");
    }
    file = program.file("gatekeeper.yaml", yaml(all)).toString();
  }

  private static String at(InetSocketAddress address) {
    return "127.0.0.1:" + address.getPort();
  }

  private static String yaml(Map<String, Object> settings) {
    try {
      return new ObjectMapper(new YAMLFactory()).writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Where a gateway asks. */
  InetSocketAddress checks() {
    return checks;
  }

  /** Where it sends the own endpoints. */
  InetSocketAddress endpoints() {
    return endpoints;
  }

  /** Its log. */
  String output() {
    return program.output();
  }

  /** Starts it, and waits until it knows the provider and its keys. */
  void start() {
    java("-jar", jar(), "--config", file);
    program.start(this::isReady);
  }

  /** Starts it, and waits no longer than until it listens: the provider may be down. */
  void startAlone() {
    java("-jar", jar(), "--config", file);
    program.start(() -> Http.answers(health, "/live"));
  }

  /** Starts it with a clock that is ahead; see {@link LaterAuthCheck}. */
  void startLater() {
    String path = jar() + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath();
    java("-cp", path, LaterAuthCheck.class.getName(), file);
    program.start(this::isReady);
  }

  private boolean isReady() throws IOException {
    return Http.answers(health, "/ready");
  }

  private static String jar() {
    return JAR.toAbsolutePath().normalize().toString();
  }

  private void java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    program.command(command);
  }

  void stop() {
    program.stop();
  }

  /** From now on nothing answers, and connections stay open. */
  void pause() {
    program.pause();
  }

  void resume() {
    program.resume();
  }

  @Override
  public void close() {
    program.close();
  }
}
