package io.gatekeeper.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One client of an {@link IsolationRun}: a connection that is kept as long as the server keeps it,
 * and opened again where the server says that it closes. For one thread.
 */
final class IsolationConnection implements AutoCloseable {
  private Socket socket;
  private InputStream in;
  private int opened;

  /** How many connections it took. */
  int opened() {
    return opened;
  }

  /**
   * Sends requests at once and reads their answers, in order. What a server leaves unanswered when
   * it announces that it closes is asked again (RFC 9112, section 9.6).
   */
  void burst(List<IsolatedRequest> requests, BiConsumer<IsolatedRequest, Page> answered)
      throws IOException {
    List<IsolatedRequest> open = new ArrayList<>(requests);
    while (!open.isEmpty()) {
      send(open);
      boolean closes = false;
      while (!open.isEmpty() && !closes) {
        IsolatedRequest request = open.remove(0);
        Page page = RawHttp.read(request.message(), in);
        answered.accept(request, page);
        closes = "close".equalsIgnoreCase(page.header("Connection"));
      }
      if (closes) {
        close();
      }
    }
  }

  private void send(List<IsolatedRequest> requests) throws IOException {
    if (socket == null) {
      socket = RawHttp.connect(requests.get(0).message().url());
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      opened++;
    }
    ByteArrayOutputStream burst = new ByteArrayOutputStream();
    for (IsolatedRequest request : requests) {
      burst.write(request.message().bytes());
    }
    socket.getOutputStream().write(burst.toByteArray());
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
