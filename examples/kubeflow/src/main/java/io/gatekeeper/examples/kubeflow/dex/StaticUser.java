package io.gatekeeper.examples.kubeflow.dex;

/**
 * The one person whom a provider knows by itself.
 *
 * @param username what the person types, and the email address that the provider states
 * @param password that person's password
 */
public record StaticUser(String username, String password) {
  @Override
  public String toString() {
    return "StaticUser[username=" + username + ", password=***]";
  }
}
