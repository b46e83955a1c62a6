package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was typed, by setting, whatever it came from: file, environment or builder. */
final class SettingsTree {
  private static final List<String> KEYS =
      Arrays.stream(Setting.values()).map(Setting::key).toList();

  private final Map<Setting, JsonNode> nodes = new EnumMap<>(Setting.class);

  /** Takes a value in; a map at a group's key is taken in key by key. */
  void put(String key, JsonNode node, Problems problems) {
    Optional<Setting> setting = Setting.of(key);
    if (setting.isPresent()) {
      if (nodes.put(setting.get(), node) != null) {
        problems.add(key + ": given twice");
      }
    } else if (!Setting.isGroup(key)) {
      problems.add(unknown(key));
    } else if (node.isObject()) {
      putAll(key + ".", node, problems);
    } else {
      problems.add(key, NodeReader.shown(node), "a map");
    }
  }

  /** Takes in a whole map of settings. */
  void putAll(String prefix, JsonNode map, Problems problems) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      put(prefix + entry.getKey(), entry.getValue(), problems);
    }
  }

  /** Takes in what outranks this: a secret there also replaces the file given here. */
  void overlay(SettingsTree above) {
    above.nodes.keySet().forEach(setting -> setting.alternative().ifPresent(nodes::remove));
    nodes.putAll(above.nodes);
  }

  void replace(SettingsTree values) {
    nodes.putAll(values.nodes);
  }

  void append(Setting setting, JsonNode element) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    JsonNode before = nodes.get(setting);
    if (before instanceof ArrayNode elements) {
      list.addAll(elements);
    } else if (before != null) {
      list.add(before);
    }
    nodes.put(setting, list.add(element));
  }

  /** Forgets a setting, or a group of them. */
  void remove(String key, Problems problems) {
    if (Setting.of(key).isEmpty() && !Setting.isGroup(key)) {
      problems.add(unknown(key));
    }
    nodes.keySet().removeIf(known -> known.key().equals(key) || known.key().startsWith(key + "."));
  }

  boolean has(Setting setting) {
    return nodes.containsKey(setting);
  }

  Optional<JsonNode> get(Setting setting) {
    return Optional.ofNullable(nodes.get(setting));
  }

  private static String unknown(String key) {
    return Problems.printable(key) + ": unknown key" + suggestion(Nearest.to(key, KEYS));
  }

  static String suggestion(Optional<String> nearest) {
    return nearest.map(known -> " (did you mean " + known + "?)").orElse("");
  }
}
