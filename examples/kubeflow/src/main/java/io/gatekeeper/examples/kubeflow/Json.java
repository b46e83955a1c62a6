package io.gatekeeper.examples.kubeflow;

import org.jspecify.annotations.Nullable;

/** The one thing of JSON that the application writes. */
final class Json {
  private static final char FIRST_PLAIN = ' ';

  private Json() {}

  /** A string in quotes, or null. */
  static String text(@Nullable String value) {
    if (value == null) {
      return "null";
    }
    StringBuilder json = new StringBuilder("\"");
    value.chars().forEach(c -> append(json, (char) c));
    return json.append('"').toString();
  }

  private static void append(StringBuilder json, char c) {
    if (c == '"' || c == '\\' || c < FIRST_PLAIN) {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
