package io.gatekeeper.interop;

/**
 * Somebody whom a provider knows.
 *
 * @param login what the person types into the first field
 * @param password and into the second
 * @param id what the application is told: {@code kubeflow-userid}
 * @param groups and {@code kubeflow-groups}
 * @param via what the person chooses on the provider's first page: a connector's id; empty where
 *     there is no choice
 */
record Person(String login, String password, String id, String groups, String via) {
  /** Where the provider asks for name and password at once. */
  Person(String login, String password, String id, String groups) {
    this(login, password, id, groups, "");
  }

  /** The same with another password. */
  Person withPassword(String other) {
    return new Person(login, other, id, groups, via);
  }
}
