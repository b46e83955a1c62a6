package io.gatekeeper.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A relay in front of a server, which keeps the bytes of both directions. It keeps them before it
 * passes them on: who got an answer finds it here.
 */
final class Wire implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /** Listens at once; the server is looked for when somebody connects. */
  Wire(InetSocketAddress server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where clients connect. */
  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** What has been asked and answered since this was called before, connection by connection. */
  List<Exchange> take() {
    List<Exchange> taken = new ArrayList<>();
    connections.forEach(connection -> taken.addAll(connection.take()));
    return taken;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Connection connection = new Connection(listening.accept());
        connections.add(connection);
        daemon(connection::connect);
      } catch (IOException e) {
        // Closed: that ends it.
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(listening);
    connections.forEach(Connection::close);
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      // It is of no use any more anyway.
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket onward = new Socket();
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private int taken;

    private Connection(Socket client) {
      this.client = client;
    }

    private void connect() {
      try {
        onward.connect(server);
        daemon(() -> pump(onward, client, answered));
        pump(client, onward, asked);
      } catch (IOException e) {
        close();
      }
    }

    private void pump(Socket from, Socket to, ByteArrayOutputStream kept) {
      byte[] buffer = new byte[16_384];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          kept.write(buffer, 0, read);
          out.write(buffer, 0, read);
        }
        to.shutdownOutput();
      } catch (IOException e) {
        close();
      }
    }

    private List<Exchange> take() {
      // In this order: each answer's request is there.
      byte[] answers = answered.toByteArray();
      List<Exchange> exchanges = Exchange.of(asked.toByteArray(), answers);
      List<Exchange> since = exchanges.subList(taken, exchanges.size());
      taken = exchanges.size();
      return since;
    }

    private void close() {
      closeQuietly(client);
      closeQuietly(onward);
    }
  }
}
