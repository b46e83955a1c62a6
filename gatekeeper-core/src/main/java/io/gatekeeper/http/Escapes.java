package io.gatekeeper.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Percent-decoding (RFC 3986, section 2.1) that guesses nothing: what is not plainly so is null.
 */
final class Escapes {
  private Escapes() {}

  /**
   * Decodes every escape; a {@code %} that begins none is a mistake.
   *
   * @param text ASCII
   * @return the text that the bytes stand for in UTF-8; null for a bad escape or bad UTF-8
   */
  static @Nullable String decode(String text) {
    return text.indexOf('%') < 0 ? text : decode(text, false, false);
  }

  /** As {@link #decode(String)}, with {@code +} for a space as forms have it. */
  static @Nullable String decodeForm(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true, false);
  }

  /**
   * Decodes what a first decoding left, as an application would that decodes twice: a {@code %}
   * that begins no escape stays.
   *
   * @param text any text
   * @return the text; null for bad UTF-8
   */
  static @Nullable String decodeAgain(String text) {
    return hasEscape(text) ? decode(text, false, true) : text;
  }

  /** Whether a {@code %} is followed by two hexadecimal digits anywhere. */
  static boolean hasEscape(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (escapeAt(text, i) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String decode(String text, boolean plusIsSpace, boolean lenient) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.put(plusIsSpace && source[i] == '+' ? (byte) ' ' : source[i]);
        continue;
      }
      int escaped = i + 2 < source.length ? octet(source[i + 1], source[i + 2]) : -1;
      if (escaped >= 0) {
        bytes.put((byte) escaped);
        i += 2;
      } else if (lenient) {
        bytes.put(source[i]);
      } else {
        return null;
      }
    }
    return utf8(bytes.flip());
  }

  private static @Nullable String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int escapeAt(String text, int percent) {
    return percent + 2 < text.length()
        ? octet(text.charAt(percent + 1), text.charAt(percent + 2))
        : -1;
  }

  private static int octet(int high, int low) {
    int first = hex(high);
    int second = hex(low);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
  }

  /** The JDK's own digit() takes the digits of every script. */
  private static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
