package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP/1.1 message (RFC 9112, section 2.1).
 *
 * @param start its first line
 * @param headers its header lines
 * @param body the body, no matter how it was framed, read as UTF-8
 */
record Message(String start, List<String> headers, String body) {
  /** The messages of one direction of a connection, without one that is not complete yet. */
  static List<Message> split(byte[] bytes) {
    // One char a byte, so that lengths are those of the wire.
    String text = new String(bytes, ISO_8859_1);
    List<Message> messages = new ArrayList<>();
    int at = 0;
    try {
      while (at < text.length()) {
        int end = text.indexOf("\r\n\r\n", at);
        List<String> lines = text.substring(at, end).lines().toList();
        Message head = new Message(lines.get(0), lines.subList(1, lines.size()), "");
        StringBuilder body = new StringBuilder();
        at = head.readBody(text, end + 4, body);
        if (at > text.length()) {
          break;
        }
        String read = new String(body.toString().getBytes(ISO_8859_1), UTF_8);
        messages.add(new Message(head.start, head.headers, read));
      }
    } catch (IndexOutOfBoundsException e) {
      // The rest is on its way.
    }
    return messages;
  }

  private int readBody(String text, int begin, StringBuilder body) {
    if (!header("transfer-encoding").contains("chunked")) {
      String length = header("content-length");
      int end = begin + (length.isEmpty() ? 0 : Integer.parseInt(length));
      body.append(text, begin, end);
      return end;
    }
    int at = begin;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      body.append(text, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
      if (size == 0) {
        return at;
      }
    }
  }

  /** The request target. */
  String target() {
    return start.split(" ", -1)[1];
  }

  /** The value of the first header of this name; empty where there is none. */
  String header(String name) {
    return headers.stream()
        .filter(line -> name(line).equals(name.toLowerCase(Locale.ROOT)))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The name in a header line, in lower case. */
  static String name(String line) {
    return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
  }
}
