package io.gatekeeper.http;

/** Text from outside as one line for people: it can break neither a line nor a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * The text with all but visible ASCII and spaces escaped.
   *
   * @param text any text
   * @param limit the most characters of it that are shown
   * @return one line
   */
  public static String line(String text, int limit) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && i < limit; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        line.append(c);
      } else {
        line.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      }
    }
    return text.length() > limit ? line.append("...").toString() : line.toString();
  }
}
