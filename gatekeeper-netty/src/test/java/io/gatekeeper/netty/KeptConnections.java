package io.gatekeeper.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Connections to a server that are kept for whoever asks next, as gateways do: what a server
 * remembered of a connection would meet the next user's question. Safe for use by many threads.
 */
final class KeptConnections implements AutoCloseable {
  private final Queue<RawHttp> idle = new ConcurrentLinkedQueue<>();

  /** Asks on a kept connection, and on a new one where that one was closed meanwhile. */
  RawHttp.Answer exchange(InetSocketAddress address, String message) throws IOException {
    RawHttp kept = idle.poll();
    if (kept != null) {
      try {
        return exchange(kept, message);
      } catch (IOException e) {
        kept.close();
      }
    }
    return exchange(new RawHttp(address), message);
  }

  private RawHttp.Answer exchange(RawHttp connection, String message) throws IOException {
    RawHttp.Answer answer = connection.send(message).read(message.startsWith("HEAD "));
    if (answer.header("Connection", "").equalsIgnoreCase("close")) {
      connection.close();
    } else {
      idle.add(connection);
    }
    return answer;
  }

  @Override
  public void close() {
    for (RawHttp connection = idle.poll(); connection != null; connection = idle.poll()) {
      try {
        connection.close();
      } catch (IOException e) {
        // It was closed by the other side already.
      }
    }
  }
}
