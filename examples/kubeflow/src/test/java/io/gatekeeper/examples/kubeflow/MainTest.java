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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MainTest {
  private static Process run(String... properties) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(properties));
    command.add(Main.class.getName());
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
    Process process = run("-Dport=0", "-Dstatic-username=", "-Dstatic-password=open sesame");
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
  void anOwnProviderIsNamedInPlaceOfAUser() throws Exception {
    Settings settings =
        new Settings(
            0,
            "nobody",
            "hush",
            Optional.of(
                new Settings.OwnProvider("http://127.0.0.1:1/x", "kf", Optional.of("hush"))));
    try (Demo demo = Demo.start(settings)) {
      String greeting = Main.greeting(demo, settings);

      assertTrue(greeting.contains("issuer: http://127.0.0.1:1/x"), greeting);
      assertTrue(greeting.contains(demo.address() + "/gatekeeper/callback"), greeting);
      assertFalse(greeting.contains("user:") || greeting.contains("hush"), greeting);
    }
  }
}
