package io.gatekeeper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells secrets that can be guessed from those that can't, as far as looking at one shows it. */
final class SecretStrength {
  /** The way out of every mistake about a session secret. */
  static final String MAKE_ONE = "; openssl rand -base64 32 makes one";

  private static final int SHORTEST = 32;

  /** More than the base64 or hexadecimal text of one repeated byte has. */
  private static final int FEWEST_CHARACTERS = 8;

  /** How the secrets of examples begin. */
  private static final List<String> EXAMPLES =
      List.of("change-me", "changeme", "change_me", "example", "replace", "your-", "your_");

  private SecretStrength() {}

  /** What is expected of a secret and isn't so with this one, and how to get a good one. */
  static Optional<String> missing(String secret) {
    return weakness(secret).map(expected -> expected + MAKE_ONE);
  }

  private static Optional<String> weakness(String secret) {
    if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
      return Optional.of("at least " + SHORTEST + " bytes");
    }
    if (secret.codePoints().distinct().count() < FEWEST_CHARACTERS) {
      return Optional.of("at least " + FEWEST_CHARACTERS + " different characters");
    }
    String lower = secret.toLowerCase(Locale.ROOT);
    return EXAMPLES.stream().anyMatch(lower::startsWith)
        ? Optional.of("a secret of your own, not an example's")
        : Optional.empty();
  }
}
