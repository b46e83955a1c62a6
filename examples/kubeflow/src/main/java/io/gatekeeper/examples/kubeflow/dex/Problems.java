package io.gatekeeper.examples.kubeflow.dex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a text: one line for each mistake, none of which shows a value. */
final class Problems {
  private final String source;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  /**
   * Nothing is wrong yet.
   *
   * @param source the file's name
   */
  Problems(String source) {
    this.source = source;
  }

  /** Remembers the line that a value is on. */
  void locate(String path, int line) {
    lines.put(path, line);
  }

  /**
   * Adds a mistake.
   *
   * @param path the value: {@code connectors[0].config.host}
   * @param what what it is, and what was expected
   */
  void add(String path, String what) {
    String known = path;
    while (!known.isEmpty() && !lines.containsKey(known)) {
      known = parent(known);
    }
    addAt(lines.getOrDefault(known, 1), printable(path) + ": " + what);
  }

  void addAt(int line, String what) {
    found.add(source + ", line " + line + ": " + what);
  }

  int count() {
    return found.size();
  }

  void raise() {
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), found));
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  /** A text from the file that stays on its line. */
  static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
