package io.gatekeeper.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads a request's head and says the same to everybody, whatever it is; or nothing at all. */
final class OddServer implements AutoCloseable {
  private final ServerSocket listening;
  private final String answer;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** A server with an answer, byte for byte; null to keep silent, empty to hang up. */
  OddServer(String answer) throws IOException {
    this.answer = answer;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        open.add(socket);
        daemon(() -> answer(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(Socket socket) {
    if (answer == null) {
      return;
    }
    try (socket) {
      readHead(socket.getInputStream());
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // The other side went away.
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int ends = 0;
    for (int next = in.read(); next >= 0 && ends < 2; next = ends < 2 ? in.read() : next) {
      if (next == '\n') {
        ends++;
      } else if (next != '\r') {
        ends = 0;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
