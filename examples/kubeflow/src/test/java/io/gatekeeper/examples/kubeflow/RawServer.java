package io.gatekeeper.examples.kubeflow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A server that shows requests as the bytes they came as, and answers whatever a test says. */
final class RawServer implements AutoCloseable {
  /** Takes a request and never answers. */
  static final String SILENCE = "";

  private final ServerSocket socket;
  private final List<Socket> held = new ArrayList<>();
  private volatile Function<Request, String> answers;

  final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  record Request(String line, List<String> headerLines, String body) {
    String target() {
      return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    List<String> headers(String name) {
      return headerLines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).trim())
          .toList();
    }
  }

  RawServer(Function<Request, String> answers) throws IOException {
    this.answers = answers;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::run, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** An answer with a body, after which the connection is closed. */
  static String answer(int status, String body, String... headers) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    for (String header : headers) {
      answer.append(header).append("\r\n");
    }
    return answer
        .append("Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
        .toString();
  }

  void answer(Function<Request, String> answers) {
    this.answers = answers;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        serve(socket.accept());
      } catch (IOException e) {
        // closed by the test, or given up by the peer
      }
    }
  }

  private void serve(Socket connection) throws IOException {
    Request request = read(connection.getInputStream());
    String answer = answers.apply(request);
    requests.add(request);
    if (answer.isEmpty()) {
      held.add(connection);
      return;
    }
    connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
    connection.close();
  }

  private static Request read(InputStream in) throws IOException {
    String first = line(in);
    List<String> headers = new ArrayList<>();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).trim());
      }
    }
    return new Request(first, headers, new String(in.readNBytes(length), ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The end within a head");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : held) {
      connection.close();
    }
  }
}
