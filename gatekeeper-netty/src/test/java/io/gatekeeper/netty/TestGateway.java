package io.gatekeeper.netty;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A gateway between clients and an application: of ours, or a real one. */
public interface TestGateway extends AutoCloseable {
  /**
   * Where a gateway sends what.
   *
   * @param checks the check port
   * @param endpoints the own endpoints, for all under {@code /gatekeeper/}
   * @param application everything else
   */
  record Routes(
      InetSocketAddress checks, InetSocketAddress endpoints, InetSocketAddress application) {}

  /** Where clients connect; known before there is a route. */
  InetSocketAddress address();

  /** Works from now on, and sends everything there. */
  TestGateway route(Routes routes) throws IOException;

  @Override
  void close();
}
