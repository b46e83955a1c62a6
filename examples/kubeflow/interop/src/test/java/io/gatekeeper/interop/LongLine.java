package io.gatekeeper.interop;

/** Breaks lines so that a page can be read without a scroll bar. */
final class LongLine {
  private static final int LONGEST = 110;
  private static final String INDENT = "    ";

  private LongLine() {}

  /**
   * With line breaks before {@code &} and after {@code ;}, and between attributes, where it is too
   * long.
   */
  static String broken(String line) {
    StringBuilder all = new StringBuilder();
    StringBuilder current = new StringBuilder();
    for (String piece : line.split("(?=&)|(?<=; )|(?<=,(?=\"))|(?<= )(?=\\w+=\")", -1)) {
      if (current.length() + piece.length() > LONGEST && !current.toString().isBlank()) {
        all.append(current.toString().stripTrailing()).append('\n');
        current.setLength(0);
        current.append(INDENT);
      }
      current.append(piece);
    }
    return all.append(current).toString();
  }
}
