package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdapterWordsTest {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)(?<![a-z])(states?|nonces?|tokens?|pkce|verifiers?|id_?token|oidc|oauth2?"
              + "|authorization|redirect_?uri|client_?id|client_?secret)(?![a-z])");

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
