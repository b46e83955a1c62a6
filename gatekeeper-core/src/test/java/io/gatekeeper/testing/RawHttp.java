package io.gatekeeper.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** HTTP/1.1 over plain sockets (RFC 9112). */
final class RawHttp {
  private static final int PATIENCE = (int) Duration.ofSeconds(20).toMillis();

  private RawHttp() {}

  static Page exchange(TestBrowser.Request request) {
    try (Socket socket = connect(request.url())) {
      socket.getOutputStream().write(request.bytes());
      return read(request, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.url(), e);
    }
  }

  /** A connection on which nobody waits for ever. */
  static Socket connect(BrowserUrl url) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE);
    socket.connect(new InetSocketAddress(url.host(), url.port()), PATIENCE);
    return socket;
  }

  /** Reads the answer to a request, and no byte more. */
  static Page read(TestBrowser.Request request, InputStream in) throws IOException {
    int status;
    List<Map.Entry<String, String>> headers;
    do {
      status = Integer.parseInt(line(in).split(" ", 3)[1]);
      headers = headers(in);
    } while (status >= 100 && status < 200 && status != 101);
    return new Page(request, status, headers, body(request.method(), status, headers, in));
  }

  private static List<Map.Entry<String, String>> headers(InputStream in) throws IOException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new AssertionError("not a header: " + line);
      }
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private static byte[] body(
      String method, int status, List<Map.Entry<String, String>> headers, InputStream in)
      throws IOException {
    if (method.equals("HEAD") || status == 101 || status == 204 || status == 304) {
      return new byte[0];
    }
    String length = null;
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase("Transfer-Encoding")) {
        return chunks(in);
      }
      if (header.getKey().equalsIgnoreCase("Content-Length")) {
        length = header.getValue();
      }
    }
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int semicolon = size.indexOf(';');
      int bytes =
          Integer.parseInt((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
      if (bytes == 0) {
        headers(in);
        return body.toByteArray();
      }
      body.write(exactly(in, bytes));
      line(in);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer is " + (length - bytes.length) + " bytes short");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended within the head of an answer");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
