package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.OTHER_SECRET;
import static io.gatekeeper.ConfigurationSamples.SECRET;
import static io.gatekeeper.ConfigurationSamples.file;
import static io.gatekeeper.ConfigurationSamples.problems;
import static io.gatekeeper.ConfigurationSamples.required;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsReaderTest {
  @TempDir Path directory;

  @Test
  void oneNewlineAtTheEndOfAFileIsCutAndNothingElse() {
    Path file = file(directory, "secret", " knows this \n\n");
    List<String> lines = problems(() -> required().set("client-secret-file", file).build());
    assertEquals(List.of(), lines);
    assertEquals(
        " knows this \n",
        required().set("client-secret-file", file).build().clientSecret().orElseThrow().reveal());
  }

  @Test
  void aSecretAndItsFileAreNotGivenTogether() {
    Path client = file(directory, "client", "knows-this");
    Path session = file(directory, "session", SECRET);
    assertEquals(
        List.of(
            "client-secret: *** (expected: either this or client-secret-file, not both)",
            "session-secrets: *** (expected: either this or session-secret-files, not both)"),
        problems(
            () ->
                required()
                    .clientSecret("knows-this")
                    .set("client-secret-file", client)
                    .sessionSecrets(SECRET + "2")
                    .set("session-secret-files", List.of(session))
                    .build()));
  }

  @Test
  void aWeakSecretInAFileIsNamedByItsFile() {
    Path file = file(directory, "session", "short\n");
    assertEquals(
        List.of(
            "session-secret-files[0]: "
                + file
                + " (expected: at least 32 bytes; openssl rand -base64 32 makes one)"),
        problems(() -> required().set("session-secret-files", List.of(file)).build()));
  }

  @Test
  void aFileMayHoldSeveralSecretsOneALine() {
    Path file = file(directory, "session", SECRET + "\r\n\n" + OTHER_SECRET + "\n");
    Path older = file(directory, "older", OTHER_SECRET.substring(1) + "0\n\n");
    GatekeeperConfig config = required().set("session-secret-files", List.of(file, older)).build();
    assertEquals(
        List.of(SECRET, OTHER_SECRET, OTHER_SECRET.substring(1) + "0"),
        config.sessionSecrets().stream().map(Secret::reveal).toList());
  }

  @Test
  void aWeakSecretAmongSeveralIsNamedByItsLine() {
    Path file = file(directory, "session", SECRET + "\nshort\n");
    assertEquals(
        List.of(
            "session-secret-files[0]: "
                + file
                + ", line 2 (expected: at least 32 bytes; openssl rand -base64 32 makes one)"),
        problems(() -> required().set("session-secret-files", List.of(file)).build()));
  }

  @Test
  void oneSecretInTwoFilesIsAMistake() {
    Path file = file(directory, "session", SECRET);
    Path copy = file(directory, "copy", SECRET + "\n");
    List<String> lines =
        problems(() -> required().set("session-secret-files", List.of(file, copy)).build());
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("each secret once"), lines.toString());
    assertFalse(lines.get(0).contains(SECRET), lines.toString());
  }

  @Test
  void anEmptyFileADirectoryAndOtherBytesAreNoSecret() throws IOException {
    Path empty = file(directory, "empty", "\n");
    Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, 0});
    for (Path path : List.of(empty, bytes, directory)) {
      List<String> lines = problems(() -> required().set("client-secret-file", path).build());
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(lines.get(0).startsWith("client-secret-file: " + path), lines.toString());
    }
  }

  @Test
  void thirtyTwoBytesAreEnoughAndThirtyOneAreNot() {
    assertEquals(List.of(), problems(() -> required().sessionSecrets(SECRET).build()));
    assertEquals(32, SECRET.length());
    assertEquals(1, problems(() -> required().sessionSecrets(SECRET.substring(1)).build()).size());
  }

  @Test
  void noMistakeAboutASecretShowsIt() {
    String message =
        String.join(
            "\n",
            problems(
                () ->
                    required()
                        .set("client-secret", List.of("knows-this"))
                        .set("session-secrets", List.of("knows-this", List.of("knows-this")))
                        .set("token-endpoint-auth-method", "none")
                        .build()));
    assertTrue(message.contains("***"), message);
    assertFalse(message.contains("knows-this"), message);
  }
}
