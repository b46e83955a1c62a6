package io.gatekeeper.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a path that is not plain. Servers and gateways differ in four things: whether an
 * escaped slash separates, whether parameters belong to a segment's name, whether empty segments
 * count, and whether what was escaped twice is decoded twice. So there are 16 readings at most, and
 * the first is the one of RFC 3986: everything is data, and counts.
 */
final class Readings {
  private final Set<Reading> found = new LinkedHashSet<>();

  private Readings() {}

  /**
   * Reads a path.
   *
   * @param raw a path that begins with a slash and is made of characters that may be in a path
   * @return every reading, each once; null where the path is to be refused
   */
  static @Nullable List<Reading> of(String raw) {
    List<String> once = new ArrayList<>();
    for (String segment : split(raw.substring(1))) {
      String decoded = Escapes.decode(segment);
      if (decoded == null || !isClean(decoded)) {
        return null;
      }
      once.add(decoded);
    }
    Readings readings = new Readings();
    boolean good = readings.add(once);
    if (good && once.stream().anyMatch(Escapes::hasEscape)) {
      List<String> twice = decodeAgain(once);
      good = twice != null && readings.add(twice);
    }
    return good ? List.copyOf(readings.found) : null;
  }

  private static @Nullable List<String> decodeAgain(List<String> once) {
    List<String> twice = new ArrayList<>();
    for (String segment : once) {
      String decoded = Escapes.decodeAgain(segment);
      // Nobody who means well escapes three times.
      if (decoded == null || !isClean(decoded) || Escapes.hasEscape(decoded)) {
        return null;
      }
      twice.add(decoded);
    }
    return twice;
  }

  /** Adds the readings of decoded segments; false when one of them has a dot segment. */
  private boolean add(List<String> segments) {
    for (List<String> separated : each(segments, separate(segments))) {
      for (List<String> named : each(separated, cutParameters(separated))) {
        for (List<String> counted : each(named, merge(named))) {
          if (counted.stream().anyMatch(Reading::isDots)) {
            return false;
          }
          found.add(new Reading(counted.toArray(String[]::new)));
        }
      }
    }
    return true;
  }

  private static List<List<String>> each(List<String> one, List<String> other) {
    return one.equals(other) ? List.of(one) : List.of(one, other);
  }

  /** A slash that was escaped separates after all. */
  private static List<String> separate(List<String> segments) {
    List<String> result = new ArrayList<>();
    for (String segment : segments) {
      result.addAll(split(segment));
    }
    return result;
  }

  /** Parameters go, whether the semicolon was escaped or not: some decode before they cut. */
  private static List<String> cutParameters(List<String> segments) {
    List<String> result = new ArrayList<>();
    for (String segment : segments) {
      int semicolon = segment.indexOf(';');
      result.add(semicolon < 0 ? segment : segment.substring(0, semicolon));
    }
    return result;
  }

  /** Empty segments go, but for the last one: it is the slash at the end. */
  private static List<String> merge(List<String> segments) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!segment.isEmpty() || i == segments.size() - 1) {
        result.add(segment);
      }
    }
    return result;
  }

  private static List<String> split(String text) {
    return text.indexOf('/') < 0 ? List.of(text) : Arrays.asList(text.split("/", -1));
  }

  private static boolean isClean(String decoded) {
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c == '\\' || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }
}
