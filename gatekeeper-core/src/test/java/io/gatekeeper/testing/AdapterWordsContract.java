package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An adapter knows nothing of the protocol: no word of it stands in its sources. An adapter's test
 * extends this class, and does nothing more.
 */
public abstract class AdapterWordsContract {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)(?<![a-z])(states?|nonces?|tokens?|pkce|verifiers?|code_?challenges?|id_?token|oidc"
              + "|oauth2?|authorization|redirect_?uri|client_?id|client_?secret)(?![a-z])");

  /** For subclasses. */
  protected AdapterWordsContract() {}

  @Test
  void noWordOfTheProtocolStandsInTheAdapter() throws IOException {
    Path sources = Path.of("src/main/java");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sources)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      List<String> found =
          WORDS.matcher(Files.readString(file)).results().map(result -> result.group()).toList();
      assertEquals(List.of(), found, file.toString());
    }
  }
}
