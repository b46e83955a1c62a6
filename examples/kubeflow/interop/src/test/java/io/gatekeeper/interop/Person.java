package io.gatekeeper.interop;

/**
 * Somebody whom a provider knows.
 *
 * @param login what the person types into the first field
 * @param password and into the second
 * @param id what the application is told: {@code kubeflow-userid}
 * @param groups and {@code kubeflow-groups}
 */
record Person(String login, String password, String id, String groups) {}
