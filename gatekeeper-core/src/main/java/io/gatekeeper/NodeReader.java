package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads single values of the tree; what they are not is a problem, and then empty. */
final class NodeReader {
  private final Problems problems;

  NodeReader(Problems problems) {
    this.problems = problems;
  }

  /** How a problem shows a value. */
  static String shown(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return "nothing";
    }
    return node.isValueNode() ? shown(node.asText()) : node.toString();
  }

  private static String shown(String text) {
    return text.isEmpty() ? "empty" : text;
  }

  void problem(String where, JsonNode node, String expected) {
    problems.add(where, shown(node), expected);
  }

  void problem(String where, String value, String expected) {
    problems.add(where, shown(value), expected);
  }

  void line(String line) {
    problems.add(line);
  }

  /** A text that isn't empty and holds no control characters. */
  Optional<String> text(String where, JsonNode node) {
    if (!isText(node)) {
      problem(where, node, "text");
      return Optional.empty();
    }
    return Optional.of(node.asText());
  }

  static boolean isText(JsonNode node) {
    return node.isValueNode()
        && !node.isNull()
        && !node.asText().isBlank()
        && node.asText().chars().noneMatch(Character::isISOControl);
  }

  /** A list of texts, or one text; an empty list is a problem, as it could pass for "all". */
  List<String> texts(String where, JsonNode node) {
    if (!node.isArray()) {
      return text(where, node).map(List::of).orElse(List.of());
    }
    if (node.isEmpty()) {
      problem(where, node, "at least one, or no such key");
    }
    List<String> texts = new ArrayList<>();
    Iterator<JsonNode> elements = node.elements();
    for (int i = 0; elements.hasNext(); i++) {
      text(at(where, i), elements.next()).ifPresent(texts::add);
    }
    return texts;
  }

  /** One of some constants, spelled in lower case with hyphens. */
  <E extends Enum<E>> Optional<E> choice(String where, JsonNode node, List<E> choices) {
    for (E choice : choices) {
      if (node.isValueNode() && node.asText().equals(word(choice))) {
        return Optional.of(choice);
      }
    }
    String words = choices.stream().map(NodeReader::word).collect(Collectors.joining(", "));
    problem(where, node, choices.size() == 1 ? words : "one of " + words);
    return Optional.empty();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String at(String where, int index) {
    return where + "[" + index + "]";
  }
}
