package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
      })
  void bundleWithoutACertificateIsAMistake(String content) throws IOException {
    Path bundle = Files.writeString(directory.resolve("ca.pem"), content);

    assertThrows(IOException.class, () -> Trust.withBundle(bundle));
  }

  @Test
  void bundleThatIsNotThereIsAMistake() {
    assertThrows(IOException.class, () -> Trust.withBundle(directory.resolve("none.pem")));
  }
}
