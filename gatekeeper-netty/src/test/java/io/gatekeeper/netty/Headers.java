package io.gatekeeper.netty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Header lines of messages, for gateways of ours. */
final class Headers {
  private Headers() {}

  static Set<String> names(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(List.of(names));
    return set;
  }

  static String name(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  static List<String> without(List<String> lines, Collection<String> names) {
    return lines.stream().filter(line -> !names.contains(name(line))).toList();
  }

  static List<String> only(List<String> lines, Collection<String> names) {
    return lines.stream().filter(line -> names.contains(name(line))).toList();
  }

  /** The lines with these in place of all of the same names. */
  static List<String> with(List<String> lines, List<String> replacing) {
    Set<String> names = names();
    replacing.forEach(line -> names.add(name(line)));
    List<String> all = new ArrayList<>(without(lines, names));
    all.addAll(replacing);
    return all;
  }
}
