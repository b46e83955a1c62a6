package io.gatekeeper.netty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of others that this machine has. */
public final class Programs {
  private Programs() {}

  /** Where examples/kubeflow/interop/install keeps what is no package of the system's. */
  public static Path cache() {
    String home = System.getProperty("user.home");
    String cache = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), home + "/.cache");
    return Path.of(cache, "gatekeeper");
  }

  /** A program by its name: on the path, where servers are, or in a folder of that cache. */
  public static Optional<Path> find(String name) {
    String path =
        "%s:/usr/sbin:/usr/local/sbin:%s".formatted(System.getenv("PATH"), cache().resolve(name));
    return Stream.of(path.split(":", -1))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
