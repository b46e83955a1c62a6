package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's auth check and pipeline are what runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path EXAMPLES = Path.of("src/test/java/io/gatekeeper/examples/authcheck");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"ReadmeExample.java", "ReadmeHandlerExample.java"})
  void linesOfTheProgramsStandInTheReadme(String example) throws IOException {
    String region = Files.readString(EXAMPLES.resolve(example)).split(" *// README\n")[1];
    assertEquals(region.replaceAll("(?m)^    ", ""), block("a region of " + example));
  }

  @Test
  @Timeout(60)
  void programStartsWithTheSettingsOfTheReadme() throws IOException {
    writeSettings(
        block("settings of the auth check")
            + """
        listen: 127.0.0.1:0
        check-listen: 127.0.0.1:0
        health-listen: 127.0.0.1:0
        """);
    try (ChildJvm program = ChildJvm.ofClassPath(directory, ReadmeExample.class)) {
      String output = program.outputUntil("checks at ");
      assertTrue(output.contains("checks at "), output);
    }
  }

  @Test
  @Timeout(60)
  void handlerOfTheReadmeSendsStrangersToSignIn() throws IOException {
    writeSettings("");
    try (ChildJvm program = ChildJvm.ofClassPath(directory, ReadmeHandlerExample.class)) {
      String output = program.outputUntil("guarded at ");
      Matcher address = Pattern.compile("guarded at /127.0.0.1:(\\d+)\\.").matcher(output);
      assertTrue(address.find(), output);
      assertEquals("HTTP/1.1 302 Found", ask(Integer.parseInt(address.group(1))));
    }
  }

  /** The first line of the answer to a navigation. */
  private static String ask(int port) throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: kubeflow.example.com\r\nAccept: text/html\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return answer.readLine();
    }
  }

  private void writeSettings(String more) throws IOException {
    Path secret =
        Files.writeString(directory.resolve("secret"), "s".repeat(16) + "0123456789abcdef");
    String settings =
        block("settings")
            .replaceAll("/run/secrets/[a-z]+", Matcher.quoteReplacement(secret.toString()));
    Files.writeString(directory.resolve("gatekeeper.yaml"), settings + more);
  }

  private static String block(String comment) throws IOException {
    Matcher block =
        Pattern.compile("<!-- " + comment + " -->\n```[a-z]+\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertTrue(block.find(), "a block after " + comment);
    return block.group(1);
  }
}
