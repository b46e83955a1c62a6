package io.gatekeeper.servlet.containers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings as texts: what an init-param holds, and a line of a YAML file. */
final class SettingTexts {
  private SettingTexts() {}

  static Map<String, String> of(Map<String, Object> settings) {
    Map<String, String> texts = new TreeMap<>();
    settings.forEach((key, value) -> texts.put(key, text(value)));
    return texts;
  }

  static String yaml(Map<String, String> texts) {
    StringBuilder yaml = new StringBuilder();
    texts.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
    return yaml.toString();
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(SettingTexts::item).toList().toString()
        : value.toString();
  }

  private static String item(Object value) {
    return value instanceof Map<?, ?> map ? map.toString().replace("=", ": ") : "\"" + value + "\"";
  }
}
