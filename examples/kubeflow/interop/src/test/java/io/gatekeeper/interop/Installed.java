package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code examples/kubeflow/interop/install} put there. What is missing fails the test. */
final class Installed {
  private static final Path CACHE = cache();

  private Installed() {}

  private static Path cache() {
    String home = System.getProperty("user.home");
    String cache = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), home + "/.cache");
    return Path.of(cache, "gatekeeper");
  }

  /** A file or directory of the install's own. */
  static Path cached(String name) {
    return existing(List.of(CACHE.resolve(name)), name);
  }

  /** A program of the system's. */
  static Path program(String name) {
    String path = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
    return existing(
        Stream.of(path.split(":", -1)).map(place -> Path.of(place, name)).toList(), name);
  }

  private static Path existing(List<Path> places, String name) {
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> fail(name + " is missing: examples/kubeflow/interop/install gets it"));
  }
}
