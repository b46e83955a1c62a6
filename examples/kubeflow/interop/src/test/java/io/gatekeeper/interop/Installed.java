package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.fail;

import io.gatekeeper.netty.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code examples/kubeflow/interop/install} put there. What is missing fails the test. */
final class Installed {
  private Installed() {}

  /** A file or directory of the install's own. */
  static Path cached(String name) {
    return existing(Optional.of(Programs.cache().resolve(name)).filter(Files::exists), name);
  }

  /** A program of the system's. */
  static Path program(String name) {
    return existing(Programs.find(name), name);
  }

  private static Path existing(Optional<Path> place, String name) {
    return place.orElseGet(
        () -> fail(name + " is missing: examples/kubeflow/interop/install gets it"));
  }
}
