package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's auth check is what runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final String EXAMPLE =
      "src/test/java/io/gatekeeper/examples/authcheck/ReadmeExample.java";

  @TempDir private Path directory;

  @Test
  void linesOfTheProgramStandInTheReadme() throws IOException {
    String region = Files.readString(Path.of(EXAMPLE)).split(" *// README\n")[1];
    assertEquals(region.replaceAll("(?m)^    ", ""), block("java"));
  }

  @Test
  @Timeout(60)
  void programStartsWithTheSettingsOfTheReadme() throws IOException {
    Path secret =
        Files.writeString(directory.resolve("secret"), "s".repeat(16) + "0123456789abcdef");
    String settings =
        block("yaml").replaceAll("/run/secrets/[a-z]+", Matcher.quoteReplacement(secret.toString()))
            + "listen: 127.0.0.1:0\ncheck-listen: 127.0.0.1:0\nhealth-listen: 127.0.0.1:0\n";
    Files.writeString(directory.resolve("gatekeeper.yaml"), settings);
    try (ChildJvm program = ChildJvm.ofClassPath(directory, ReadmeExample.class)) {
      String output = program.outputUntil("checks at ");
      assertTrue(output.contains("checks at "), output);
    }
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertTrue(block.find(), "a block of " + language);
    return block.group(1);
  }
}
