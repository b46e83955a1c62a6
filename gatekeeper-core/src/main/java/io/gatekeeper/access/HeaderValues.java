package io.gatekeeper.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writing any text as a header's value (RFC 9110, section 5.5) from which it can be read back. */
final class HeaderValues {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderValues() {}

  /** One value; a comma in it is a comma. */
  static String one(@Nullable String value) {
    return value == null ? "" : encode(value, false);
  }

  /** Several values with commas between them; a comma in one is encoded. */
  static String many(List<String> values) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      joined.append(i == 0 ? "" : ",").append(encode(values.get(i), true));
    }
    return joined.toString();
  }

  private static String encode(String value, boolean comma) {
    int last = value.length() - 1;
    for (int i = 0; i <= last; i++) {
      if (isEncoded(value.charAt(i), i == 0 || i == last, comma)) {
        return encodeBytes(value.getBytes(StandardCharsets.UTF_8), comma);
      }
    }
    return value;
  }

  private static String encodeBytes(byte[] bytes, boolean comma) {
    StringBuilder encoded = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char octet = (char) (bytes[i] & 0xff);
      if (isEncoded(octet, i == 0 || i == bytes.length - 1, comma)) {
        encoded.append('%').append(HEX.toHexDigits(bytes[i]));
      } else {
        encoded.append(octet);
      }
    }
    return encoded.toString();
  }

  /** Spaces at either end are lost on the way, so they count as well. */
  private static boolean isEncoded(char c, boolean atEnd, boolean comma) {
    return c < ' ' || c >= 0x7f || c == '%' || (c == ',' && comma) || (c == ' ' && atEnd);
  }
}
