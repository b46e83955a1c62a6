package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** Reads {@code static-username} and {@code static-password}. Both empty: there is no such user. */
final class StaticUsers {
  /** What Maven passes for a property that nobody gave; an empty one was given so on purpose. */
  private static final String NOT_GIVEN = "(default)";

  private StaticUsers() {}

  /** The static user, with defaults for what isn't given. */
  static Optional<StaticUser> of(
      Properties properties, String defaultUsername, Supplier<String> defaultPassword) {
    return of(
        given(properties, "static-username").orElse(defaultUsername),
        given(properties, "static-password").orElseGet(defaultPassword));
  }

  /** The static user; not given is none. */
  static Optional<StaticUser> of(Properties properties) {
    return of(properties, "", () -> "");
  }

  private static Optional<StaticUser> of(String username, String password) {
    if (username.isBlank() != password.isBlank()) {
      String empty = username.isBlank() ? "static-username" : "static-password";
      throw new IllegalArgumentException(
          empty
              + ": empty (expected: both, static-username and static-password;"
              + " or both empty, for no static user)");
    }
    return username.isBlank() ? Optional.empty() : Optional.of(new StaticUser(username, password));
  }

  private static Optional<String> given(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .filter(value -> !value.equals(NOT_GIVEN));
  }
}
