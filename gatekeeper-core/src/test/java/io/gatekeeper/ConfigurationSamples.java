package io.gatekeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configurations that the tests start from. */
final class ConfigurationSamples {
  static final String SECRET = "q8Jv2x7LkT4mZ0sWc9RbYp3NfHd6EgUa";
  static final String OTHER_SECRET = "Xw5Cn1QeVt8BzKo7MiLr4GyPs2DhFj9u";

  static final String REQUIRED =
      """
      issuer: https://dex.example.com/dex
      client-id: app
      external-url: https://app.example.com
      """;

  private ConfigurationSamples() {}

  /** A builder with what is required. */
  static GatekeeperConfig.Builder required() {
    return GatekeeperConfig.builder()
        .issuer("https://dex.example.com/dex")
        .clientId("app")
        .externalUrl("https://app.example.com");
  }

  static Path file(Path directory, String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a text as gatekeeper.yaml, with an empty environment. */
  static GatekeeperConfig load(Path directory, String yaml) {
    return GatekeeperConfig.load(file(directory, "gatekeeper.yaml", yaml), Map.of());
  }

  static List<String> problems(Runnable load) {
    try {
      load.run();
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }
}
