package io.gatekeeper;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the settings among a process's environment variables. */
final class EnvironmentReader {
  /** What Kubernetes injects for each Service. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "GATEKEEPER_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
              + "|PORT_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)");

  /** Its variable of that name is a URL; a number there is somebody's wish. */
  private static final Pattern PORT = Pattern.compile("GATEKEEPER_(\\w+_)?PORT");

  private static final Pattern PORT_URL = Pattern.compile("(tcp|udp|sctp)://.*");

  private final SettingsTree tree = new SettingsTree();
  private final Map<String, String> keys = keys();
  private final Problems problems;

  private EnvironmentReader(Problems problems) {
    this.problems = problems;
  }

  static SettingsTree read(Map<String, String> environment, Problems problems) {
    EnvironmentReader reader = new EnvironmentReader(problems);
    // Sorted, so that the same mistakes read the same; and a group stands before its members.
    new TreeMap<>(environment).forEach(reader::take);
    return reader.tree;
  }

  private void take(String name, String text) {
    if (!name.startsWith(Setting.VARIABLE_PREFIX) || isServiceLink(name, text)) {
      return;
    }
    String key = keys.get(name);
    if (key == null) {
      Optional<String> nearest = Nearest.to(name, keys.keySet());
      problems.add(
          Problems.printable(name) + ": unknown variable" + SettingsTree.suggestion(nearest));
      return;
    }
    TextsReader.value(name, key, text, problems).ifPresent(value -> tree.put(key, value, problems));
  }

  private static boolean isServiceLink(String name, String text) {
    return SERVICE_LINK.matcher(name).matches()
        || (PORT.matcher(name).matches() && PORT_URL.matcher(text).matches());
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String group : groups()) {
      keys.put(Setting.variable(group), group);
    }
    for (Setting setting : Setting.values()) {
      keys.put(setting.variable(), setting.key());
    }
    return keys;
  }

  private static List<String> groups() {
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .filter(key -> key.contains("."))
        .map(key -> key.substring(0, key.indexOf('.')))
        .distinct()
        .toList();
  }
}
