package io.gatekeeper.examples.kubeflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MainTest {
  private static Process run(String... properties) throws IOException {
    return run(List.of(properties), List.of());
  }

  private static Process run(List<String> properties, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(properties);
    command.add(Main.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String failure(String... properties) throws Exception {
    Process process = run(properties);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    return output.strip();
  }

  @Test
  void aPortInUseIsOneLineAndAFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String output = failure("-Dport=" + taken.getLocalPort());

      assertTrue(output.startsWith("Port " + taken.getLocalPort() + " can't be had"), output);
      assertEquals(1, output.lines().count(), output);
    }
  }

  @Test
  void aSettingThatCannotBeUsedIsOneLineAndAFailure() throws Exception {
    String output = failure("-Dport=0", "-Dissuer=http://id.example");

    assertTrue(output.startsWith("issuer: "), output);
    assertEquals(1, output.lines().count(), output);
  }

  @Test
  void theFirstLinesSayWhereItIsAndWhoMaySignIn() throws Exception {
    Process process =
        run("-Dport=0", "-Dstatic-username=(default)", "-Dstatic-password=open sesame");
    try {
      List<String> lines = new ArrayList<>();
      try (var reader = process.inputReader(UTF_8)) {
        for (String line = reader.readLine();
            line != null && !line.startsWith("Ctrl-C");
            line = reader.readLine()) {
          if (!line.isBlank()) {
            lines.add(line);
          }
        }
      }
      assertTrue(lines.get(0).matches("address: http://localhost:\\d+"), lines.toString());
      assertEquals(List.of("user: user@example.com", "password: open sesame"), lines.subList(1, 3));
      assertEquals(3, lines.size(), lines.toString());
    } finally {
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void theSubcommandPrintsDexsFileAndNothingElse() throws Exception {
    Process process =
        run(
            List.of("-Dclient-secret=hush", "-Dstatic-username=admin"),
            List.of("dex-config", "--external-url", "https://kf.example", "--static-password=x"));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    assertTrue(output.startsWith("issuer: \"https://kf.example/dex\"\n"), output);
    assertTrue(output.contains("- email: \"admin\"\n"), output);
  }

  @Test
  void anUnknownSubcommandIsOneLineAndAFailure() throws Exception {
    Process process = run(List.of(), List.of("dex-confg"));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    assertEquals("dex-confg (expected: dex-config, or nothing)", output.strip());
  }

  @Test
  void anOwnProviderIsNamedInPlaceOfAUser() throws Exception {
    Settings settings =
        TestSettings.of(
            Map.of(
                "port", "0",
                "static-password", "hush",
                "issuer", "http://127.0.0.1:1/x",
                "client-id", "kf",
                "client-secret", "hush"));
    try (Demo demo = Demo.start(settings)) {
      String greeting = Greeting.of(demo.address(), settings, demo.dexLog());

      assertTrue(greeting.contains("issuer: http://127.0.0.1:1/x"), greeting);
      assertTrue(greeting.contains(demo.address() + "/gatekeeper/callback"), greeting);
      assertFalse(greeting.contains("user:") || greeting.contains("hush"), greeting);
    }
  }
}
