package io.gatekeeper.examples.authcheck;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.netty.AuthCheckServer;

/**
 * What has to be closed at the end, in this order.
 *
 * @param server the ports
 * @param gatekeeper what decides behind them
 */
record Running(AuthCheckServer server, Gatekeeper gatekeeper) implements AutoCloseable {
  @Override
  public void close() {
    server.close();
    gatekeeper.close();
  }
}
