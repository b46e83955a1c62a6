package io.gatekeeper.examples.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One change of a unified diff. Immutable. */
final class Hunk {
  private static final Pattern HEADER =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

  private final String header;
  private final int start;
  private final List<String> lines;

  private Hunk(String header, int start, List<String> lines) {
    this.header = header;
    this.start = start;
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads one.
   *
   * @param header its first line
   * @param lines the lines after it
   * @throws AssertionError where the header doesn't tell what the lines are
   */
  static Hunk of(String header, List<String> lines) {
    Matcher numbers = HEADER.matcher(header);
    if (!numbers.matches()) {
      throw new AssertionError("Not the first line of a change: " + header);
    }
    Hunk hunk = new Hunk(header, Integer.parseInt(numbers.group(3)) - 1, lines);
    check(header, numbers.group(2), hunk.without('+').size());
    check(header, numbers.group(4), hunk.without('-').size());
    return hunk;
  }

  private static void check(String header, String count, int lines) {
    if (lines != (count == null ? 1 : Integer.parseInt(count))) {
      throw new AssertionError(header + " has " + lines + " lines");
    }
  }

  /** The lines of a side, where {@code sign} marks those of the other. */
  private List<String> without(char sign) {
    return lines.stream()
        .filter(line -> line.isEmpty() || line.charAt(0) != sign)
        .map(line -> line.isEmpty() ? "" : line.substring(1))
        .toList();
  }

  int changedLines() {
    return (int)
        lines.stream().filter(line -> line.startsWith("+") || line.startsWith("-")).count();
  }

  /**
   * Takes the change back. Changes of one file are taken back from the last to the first.
   *
   * @param file the changed file's lines
   * @return the lines as they were
   * @throws AssertionError where the file hasn't the change at the place that the header names
   */
  List<String> reverse(List<String> file) {
    List<String> after = without('-');
    int end = start + after.size();
    if (end > file.size() || !file.subList(start, end).equals(after)) {
      throw new AssertionError("The file hasn't these lines at " + header + "\n" + after);
    }
    List<String> before = new ArrayList<>(file.subList(0, start));
    before.addAll(without('+'));
    before.addAll(file.subList(end, file.size()));
    return before;
  }
}
