package io.gatekeeper.testing;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The plainest server there is: one thread a connection, which is kept until the client closes it
 * or says that it will, and everything as it came. Core's own tests run behind it, so that they
 * need no adapter.
 */
final class LoopbackServer implements AutoCloseable {
  /** What answers. */
  interface Handler {
    Response answer(Request request) throws Exception;
  }

  /** A request as it came. */
  record Request(String method, String target, List<Map.Entry<String, String>> lines, String body)
      implements GatekeeperRequest {
    @Override
    public String host() {
      return header("Host");
    }

    @Override
    public List<String> headers(String name) {
      return lines.stream()
          .filter(line -> line.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public List<String> headerNames() {
      return lines.stream().map(Map.Entry::getKey).toList();
    }

    @Override
    public Optional<String> form() {
      boolean form = "application/x-www-form-urlencoded".equals(header("Content-Type"));
      return form && body.length() <= FORM_LIMIT ? Optional.of(body) : Optional.empty();
    }
  }

  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Handler handler = request -> Response.of(503);

  LoopbackServer() {
    try {
      socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  void handle(Handler by) {
    handler = by;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    connections.add(connection);
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean closes = socket.isClosed();
      while (!closes) {
        Request request = read(in);
        closes = "close".equalsIgnoreCase(request.header("Connection"));
        connection.getOutputStream().write(message(request.method(), answer(request), closes));
      }
    } catch (IOException e) {
      // The client went away, or this server did; there is nobody to tell.
    } finally {
      connections.remove(connection);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String name = line.substring(0, line.indexOf(':'));
      String value = line.substring(line.indexOf(':') + 1).strip();
      lines.add(Map.entry(name, value));
      length = name.equalsIgnoreCase("Content-Length") ? Integer.parseInt(value) : length;
    }
    String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    return new Request(start[0], start[1], lines, body);
  }

  private Response answer(Request request) {
    try {
      return handler.answer(request);
    } catch (Exception e) {
      return Response.of(500).withBody("text/plain", e.toString());
    }
  }

  private static byte[] message(String method, Response response, boolean closes)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " \r\n");
    response
        .headers()
        .forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    head.append(closes ? "Connection: close\r\n\r\n" : "\r\n");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!method.equals("HEAD")) {
      message.write(response.body());
    }
    return message.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
