package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads settings that are texts each: where one has a structure, its text is YAML. */
final class TextsReader {
  private TextsReader() {}

  static SettingsTree read(Map<String, String> texts, Problems problems) {
    SettingsTree tree = new SettingsTree();
    // Sorted, so that the same mistakes read the same; and a group stands before its members.
    new TreeMap<>(texts)
        .forEach(
            (key, text) ->
                value(key, key, text, problems).ifPresent(value -> tree.put(key, value, problems)));
    return tree;
  }

  /**
   * The value that a text stands for.
   *
   * @param source what a problem names
   * @param key the setting's key, or a group's
   */
  static Optional<JsonNode> value(String source, String key, String text, Problems problems) {
    return isStructured(key, text)
        ? YamlText.parse(text, source, problems)
        : Optional.of(TextNode.valueOf(text));
  }

  private static boolean isStructured(String key, String text) {
    Optional<Setting> setting = Setting.of(key);
    if (setting.isEmpty()) {
      return Setting.isGroup(key);
    }
    // A secret alone may hold anything that YAML would read as its own.
    boolean oneSecret = setting.get().secret() && !text.startsWith("[") && !text.startsWith("- ");
    return setting.get().structured() && !oneSecret;
  }
}
