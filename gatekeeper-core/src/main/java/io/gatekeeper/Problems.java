package io.gatekeeper;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects the mistakes of a configuration, a line each. */
final class Problems {
  private static final int LONGEST = 120;
  private static final Pattern CREDENTIALS = Pattern.compile("//.*@");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  private final Set<String> lines = new LinkedHashSet<>();

  void add(String line) {
    lines.add(line);
  }

  /** A value, and what was expected instead. */
  void add(String key, String value, String expected) {
    add(printable(key) + ": " + printable(value) + " (expected: " + expected + ")");
  }

  void addAll(Problems others) {
    lines.addAll(others.lines);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** One short line that shows no password of a URL. */
  static String printable(String value) {
    String line = CONTROLS.matcher(value).replaceAll("?");
    line = CREDENTIALS.matcher(line).replaceAll("//***@");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
