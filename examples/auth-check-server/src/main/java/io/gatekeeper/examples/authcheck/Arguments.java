package io.gatekeeper.examples.authcheck;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param help whether to explain the command and stop
 * @param config the settings' file; without one the environment alone counts
 */
record Arguments(boolean help, Optional<Path> config) {
  static final String USAGE =
      """
      Usage: java -jar auth-check-server.jar [--config FILE]

        --config FILE   settings in YAML; GATEKEEPER_... variables override them.
                        Without it the variables alone are the settings.
        --help          this text

      Exits with 2 where the command or a setting is wrong, with 1 where a port can't be bound.
      """;

  /** An argument that there is none of; the message says which. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Arguments parse(String... arguments) throws UsageException {
    Optional<Path> config = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> {
          return new Arguments(true, Optional.empty());
        }
        case "--config" -> {
          if (config.isPresent() || i + 1 == arguments.length) {
            throw new UsageException("--config takes one file");
          }
          i++;
          config = Optional.of(Path.of(arguments[i]));
        }
        default -> throw new UsageException("Unknown argument: " + arguments[i]);
      }
    }
    return new Arguments(false, config);
  }
}
