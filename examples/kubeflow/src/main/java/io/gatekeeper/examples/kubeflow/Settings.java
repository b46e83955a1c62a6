package io.gatekeeper.examples.kubeflow;

import java.util.Optional;
import java.util.Properties;

/**
 * What can be said on the command line.
 *
 * @param port the gateway's port on localhost; 0 for a free one
 * @param username the one person whom the embedded provider knows
 * @param password that person's password
 * @param ownProvider a provider to use in place of the embedded one
 */
record Settings(int port, String username, String password, Optional<OwnProvider> ownProvider) {
  private static final int DEFAULT_PORT = 8080;
  private static final String DEFAULT_USERNAME = "user@example.com";
  private static final String DEFAULT_CLIENT_ID = "kubeflow";
  private static final int MAX_PORT = 65_535;

  /**
   * A provider that is there already.
   *
   * @param issuer its issuer
   * @param clientId the client that it knows us as
   * @param clientSecret the client's secret, if it has one
   */
  record OwnProvider(String issuer, String clientId, Optional<String> clientSecret) {
    @Override
    public String toString() {
      return "OwnProvider[issuer=" + issuer + ", clientId=" + clientId + ", clientSecret=***]";
    }
  }

  /**
   * Reads settings; what is absent or empty has its default.
   *
   * @param properties the system's properties
   * @return the settings
   * @throws IllegalArgumentException where one can't be used, saying what was expected
   */
  static Settings of(Properties properties) {
    Optional<String> issuer = text(properties, "issuer");
    Optional<String> secret = text(properties, "client-secret");
    String clientId = text(properties, "client-id").orElse(DEFAULT_CLIENT_ID);
    return new Settings(
        text(properties, "port").map(Settings::port).orElse(DEFAULT_PORT),
        text(properties, "static-username").orElse(DEFAULT_USERNAME),
        text(properties, "static-password").orElseGet(Passwords::generate),
        issuer.map(url -> new OwnProvider(url, clientId, secret)));
  }

  private static Optional<String> text(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name)).filter(text -> !text.isBlank());
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new IllegalArgumentException("port: " + text + " (expected: a number from 0 to 65535)");
  }

  @Override
  public String toString() {
    return "Settings[port=" + port + ", username=" + username + ", password=***]";
  }
}
