package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads settings by type. Goes on after a problem, so that all of them come to light at once. */
final class SettingsReader {
  private static final String A_DURATION = "a duration such as 12h, 90s, 500ms or PT12H";

  private final SettingsTree tree;
  private final NodeReader nodes;

  SettingsReader(SettingsTree tree, Problems problems) {
    this.tree = tree;
    this.nodes = new NodeReader(problems);
  }

  NodeReader nodes() {
    return nodes;
  }

  boolean has(Setting setting) {
    return tree.has(setting);
  }

  Optional<JsonNode> node(Setting setting) {
    return tree.get(setting);
  }

  /** What is wrong with a setting; shows what was typed. */
  void problem(Setting setting, String expected) {
    String value = tree.get(setting).map(NodeReader::shown).orElse("missing");
    nodes.problem(setting.key(), has(setting) && setting.secret() ? "***" : value, expected);
  }

  /** A setting that has to be there; empty when it isn't, which is a problem. */
  Optional<String> required(Setting setting, String expected) {
    if (!has(setting)) {
      problem(setting, expected);
    }
    return text(setting);
  }

  Optional<String> text(Setting setting) {
    return text(setting, text -> true, "text");
  }

  /** A text that fulfils a condition; empty when there is none, or not such a one. */
  Optional<String> text(Setting setting, Predicate<String> good, String expected) {
    Optional<JsonNode> node = tree.get(setting);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> text = node.filter(NodeReader::isText).map(JsonNode::asText).filter(good);
    if (text.isEmpty()) {
      problem(setting, expected);
    }
    return text;
  }

  List<String> texts(Setting setting) {
    return tree.get(setting).map(node -> nodes.texts(setting.key(), node)).orElse(List.of());
  }

  /** Texts that each fulfil a condition; those that don't are problems. */
  List<String> texts(Setting setting, Predicate<String> good, String expected) {
    List<String> texts = texts(setting);
    for (String text : texts) {
      if (!good.test(text)) {
        nodes.problem(setting.key(), text, expected);
      }
    }
    return texts.stream().filter(good).toList();
  }

  /** As {@link #texts}, where an empty list means what it says. */
  List<String> textsOrNone(Setting setting, Predicate<String> good, String expected) {
    boolean none = tree.get(setting).filter(JsonNode::isArray).map(JsonNode::isEmpty).orElse(false);
    return none ? List.of() : texts(setting, good, expected);
  }

  boolean flag(Setting setting) {
    return text(setting, text -> text.equals("true") || text.equals("false"), "true or false")
        .map(Boolean::parseBoolean)
        .orElse(false);
  }

  /** The first of the choices, unless another is set. */
  <E extends Enum<E>> E choice(Setting setting, List<E> choices) {
    return tree.get(setting)
        .flatMap(node -> nodes.choice(setting.key(), node, choices))
        .orElse(choices.get(0));
  }

  /** A duration of some positive or zero minimum. */
  Duration duration(Setting setting, Duration fallback, Duration least, String most) {
    Optional<Duration> given =
        text(setting, text -> Durations.parse(text).isPresent(), A_DURATION)
            .flatMap(Durations::parse);
    if (given.isEmpty()) {
      return fallback;
    }
    Duration duration = given.get();
    Duration limit = Durations.parse(most).orElseThrow();
    if (duration.compareTo(least) < 0) {
      boolean one = least.equals(Duration.ofNanos(1));
      problem(setting, one ? "more than zero" : "at least " + least.toSeconds() + "s");
    } else if (duration.compareTo(limit) > 0) {
      problem(setting, "at most " + most);
    }
    return duration;
  }
}
