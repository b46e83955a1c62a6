package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.Connector;
import io.gatekeeper.examples.kubeflow.dex.Connectors;
import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What can be said on the command line.
 *
 * @param port the gateway's port on localhost; 0 for a free one
 * @param staticUser the one person whom the provider knows by itself, if there is one
 * @param connectors where else Dex lets people sign in
 * @param dex the executable of a real Dex, to run in place of the embedded provider
 * @param ownProvider a provider that is there already, to use in place of the embedded one
 */
record Settings(
    int port,
    Optional<StaticUser> staticUser,
    List<Connector> connectors,
    Optional<Path> dex,
    Optional<OwnProvider> ownProvider) {
  private static final int DEFAULT_PORT = 8080;
  private static final String DEFAULT_USERNAME = "user@example.com";
  private static final int MAX_PORT = 65_535;

  static final String DEFAULT_CLIENT_ID = "kubeflow";

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

  Settings {
    if (dex.isPresent() && ownProvider.isPresent()) {
      throw new IllegalArgumentException("dex and issuer are both given (expected: one of them)");
    }
    if (dex.isEmpty() && ownProvider.isEmpty() && staticUser.isEmpty()) {
      throw new IllegalArgumentException(
          "static-username: empty (expected: somebody, whom the embedded provider knows;"
              + (connectors.isEmpty() ? " or connectors and" : " or for the connectors alone")
              + " a real Dex: -Ddex=PATH)");
    }
    connectors = List.copyOf(connectors);
  }

  /**
   * Reads settings; what is absent or empty has its default, except for the static user.
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
        StaticUsers.of(properties, DEFAULT_USERNAME, Passwords::generate),
        connectors(properties),
        text(properties, "dex").map(Path::of),
        issuer.map(url -> new OwnProvider(url, clientId, secret)));
  }

  static List<Connector> connectors(Properties properties) {
    return text(properties, "connectors").map(Connectors::read).orElse(List.of());
  }

  static Optional<String> text(Properties properties, String name) {
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
}
