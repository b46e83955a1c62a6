package io.gatekeeper.netty;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends bytes as they are and normalises nothing. One char is one byte. */
public final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();

  /** Connects. */
  public RawHttp(InetSocketAddress address) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  /** Sends one message on a connection of its own and reads the answer. */
  public static Answer exchange(InetSocketAddress address, String message) throws IOException {
    try (RawHttp http = new RawHttp(address)) {
      return http.send(message).read(message.startsWith("HEAD "));
    }
  }

  /** Sends bytes. */
  public RawHttp send(String message) throws IOException {
    socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads an answer that has a body if it says so. */
  public Answer read() throws IOException {
    return read(false);
  }

  /** Reads an answer. */
  public Answer read(boolean bodiless) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    Answer head = new Answer(lines, "");
    if (!bodiless && head.header("Transfer-Encoding", "").equals("chunked")) {
      return new Answer(lines, chunks());
    }
    int length = bodiless ? 0 : Integer.parseInt(head.header("Content-Length", "0"));
    byte[] body = socket.getInputStream().readNBytes(length);
    if (body.length < length) {
      throw new EOFException("a body cut off after " + body.length + " bytes");
    }
    return new Answer(lines, new String(body, StandardCharsets.ISO_8859_1));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      byte[] chunk = socket.getInputStream().readNBytes(size);
      body.append(new String(chunk, StandardCharsets.ISO_8859_1)).append(line());
    }
    return body + line();
  }

  /** Reads an answer, past the interim ones. */
  public Answer readFinal() throws IOException {
    Answer answer = read();
    return answer.status() == 100 ? readFinal() : answer;
  }

  /** Reads exactly that many bytes of whatever it is. */
  public String readBytes(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Whether the other side ends the connection without another byte. */
  public boolean isEnded() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Reads a line. */
  String line() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended in a head");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("a bare line feed");
    }
    return text.substring(0, text.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An answer: its status line and header lines as they came, and its body. */
  public record Answer(List<String> lines, String body) {
    /** The status code. */
    public int status() {
      return Integer.parseInt(lines.get(0).split(" ", 3)[1]);
    }

    /** The header lines. */
    public List<String> headerLines() {
      return lines.subList(1, lines.size());
    }

    /** The values of a header, in their order. */
    public List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headerLines().stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).trim())
          .toList();
    }

    /** The first value of a header. */
    public String header(String name, String otherwise) {
      List<String> values = headers(name);
      return values.isEmpty() ? otherwise : values.get(0);
    }
  }
}
