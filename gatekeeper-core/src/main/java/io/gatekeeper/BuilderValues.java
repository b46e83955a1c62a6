package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a program sets into what a file would say. */
final class BuilderValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private BuilderValues() {}

  static JsonNode node(String key, @Nullable Object value, Problems problems) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Secret secret) {
      return NODES.textNode(secret.reveal());
    }
    if (value instanceof Rule rule) {
      return RulesReader.node(rule);
    }
    if (value instanceof Enum<?> constant) {
      return NODES.textNode(NodeReader.word(constant));
    }
    if (value instanceof Map<?, ?> map) {
      return map(key, map, problems);
    }
    // A path is a list of its names, too.
    if (value instanceof Iterable<?> values && !(value instanceof Path)) {
      return list(key, values, problems);
    }
    if (!isScalar(value)) {
      problems.add(key, value.getClass().getName(), "text, a number, a list or a map");
    }
    return NODES.textNode(value.toString());
  }

  private static boolean isScalar(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof URI
        || value instanceof Path
        || value instanceof Duration;
  }

  private static ArrayNode list(String key, Iterable<?> values, Problems problems) {
    ArrayNode list = NODES.arrayNode();
    for (Object value : values) {
      list.add(node(key, value, problems));
    }
    return list;
  }

  private static ObjectNode map(String key, Map<?, ?> values, Problems problems) {
    ObjectNode map = NODES.objectNode();
    values.forEach(
        (name, value) -> map.set(String.valueOf(name), node(key + "." + name, value, problems)));
    return map;
  }
}
