package io.gatekeeper.examples.kubeflow;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The one door, in Ambassador's place: all that a browser sees is behind it. Before each request it
 * asks the auth-check server, and then sends the request to where it belongs.
 */
final class Gateway implements AutoCloseable {
  /** Ambassador's own. */
  static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final Server server = new Server();
  private final ServerConnector connector;

  private Gateway(int port) {
    connector = Servers.connector(server, port);
  }

  /**
   * Takes a port, before anything else starts that has to know it. Nothing is answered yet.
   *
   * @param port the port; 0 for a free one
   * @return the gateway, to be started
   * @throws BindException where the port can't be had, saying what to do about it
   */
  static Gateway open(int port) throws BindException {
    Gateway gateway = new Gateway(port);
    try {
      gateway.connector.open();
      return gateway;
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BindException(
          "Port %d can't be had (%s). Another one: mvn -Pdemo -Dport=8081"
              .formatted(port, cause.getMessage()));
    }
  }

  /** Where browsers find it. */
  URI address() {
    return URI.create("http://localhost:" + connector.getLocalPort());
  }

  /**
   * Answers from now on.
   *
   * @param routes where requests go
   * @param checkTimeout how long an auth check may take
   */
  void start(Routes routes, Duration checkTimeout) {
    Servers.start(server, new Edge(new AuthCheck(routes, checkTimeout, new Upstream(routes))));
  }

  @Override
  public void close() {
    Servers.stop(server);
    connector.close();
  }
}
