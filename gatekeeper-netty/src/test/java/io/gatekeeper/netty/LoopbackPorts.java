package io.gatekeeper.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers of other processes, which have to be told one. They are below those that
 * systems give to clients, so that no connection takes one before its server does.
 */
public final class LoopbackPorts {
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 30_000;

  private LoopbackPorts() {}

  public static InetSocketAddress free() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
      } catch (IOException e) {
        // Taken: another one.
      }
    }
    throw new IllegalStateException("no port is free between " + LOWEST + " and " + HIGHEST);
  }
}
