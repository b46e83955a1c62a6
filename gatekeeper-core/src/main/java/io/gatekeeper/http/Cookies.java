package io.gatekeeper.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a request: read, and cut out of the header for the application behind. Takes
 * anything that a client can send. Names are compared exactly. Immutable.
 *
 * <p>Specification: RFC 6265, sections 4.2.1 (a semicolon separates, whatever the quotes) and 5.4.
 */
public final class Cookies {
  /** The longest header that is read: 32 KiB, all lines together. */
  public static final int LENGTH_LIMIT = 32 * 1024;

  /** The most cookies that are read. */
  public static final int COUNT_LIMIT = 200;

  private final String text;
  private final boolean readable;

  private Cookies(String text) {
    this.text = text;
    this.readable = text.length() <= LENGTH_LIMIT && pairs() <= COUNT_LIMIT;
  }

  /**
   * Takes the header's lines.
   *
   * @param headerLines the values of all {@code Cookie} lines in their order
   * @return the cookies; none where there are more than the limits allow, though {@link #without}
   *     works for those too
   */
  public static Cookies parse(List<String> headerLines) {
    return new Cookies(
        headerLines.size() == 1 ? headerLines.get(0) : String.join("; ", headerLines));
  }

  /**
   * The values of a cookie.
   *
   * @param name its name
   * @return the values in the header's order, quotes included; several where it came several times
   */
  public List<String> values(String name) {
    List<String> found = new ArrayList<>(1);
    for (Pair pair = readable ? pairAt(0) : null; pair != null; pair = pairAt(pair.next)) {
      if (pair.equals >= 0 && pair.isNamed(text, name)) {
        found.add(text.substring(trimStart(text, pair.equals + 1, pair.end), pair.end));
      }
    }
    return found;
  }

  /**
   * The names of the cookies.
   *
   * @return every name once, in the header's order
   */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Pair pair = readable ? pairAt(0) : null; pair != null; pair = pairAt(pair.next)) {
      if (pair.equals >= 0) {
        names.add(pair.name(text));
      }
    }
    return names;
  }

  /**
   * The header without some of the cookies.
   *
   * @param name says which names go; a lone word without an equals sign is taken for a name too
   * @return the other cookies, each as it came, with {@code "; "} between them; empty when none is
   *     left
   */
  public String without(Predicate<String> name) {
    StringBuilder rest = new StringBuilder();
    for (Pair pair = pairAt(0); pair != null; pair = pairAt(pair.next)) {
      if (!name.test(pair.name(text))) {
        rest.append(rest.isEmpty() ? "" : "; ").append(text, pair.start, pair.end);
      }
    }
    return rest.toString();
  }

  /** How many cookies there are; the values are nobody's business. */
  @Override
  public String toString() {
    return "Cookies[" + pairs() + "]";
  }

  private int pairs() {
    int count = 0;
    for (Pair pair = pairAt(0); pair != null; pair = pairAt(pair.next)) {
      count++;
    }
    return count;
  }

  /** The first pair that begins at that place or behind it and isn't blank; null for none. */
  private @Nullable Pair pairAt(int from) {
    for (int start = from; start < text.length(); ) {
      int semicolon = text.indexOf(';', start);
      int next = semicolon < 0 ? text.length() : semicolon + 1;
      int first = trimStart(text, start, semicolon < 0 ? next : semicolon);
      int end = trimEnd(text, first, semicolon < 0 ? next : semicolon);
      if (first < end) {
        return new Pair(first, equalsSign(text, first, end), end, next);
      }
      start = next;
    }
    return null;
  }

  /** Looks no further than the pair's end: else a header of many words takes quadratic time. */
  private static int equalsSign(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  private static int trimStart(String text, int start, int end) {
    int i = start;
    while (i < end && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int trimEnd(String text, int start, int end) {
    int i = end;
    while (i > start && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Where a pair stands; {@code equals} is -1 where there is no equals sign. */
  private record Pair(int start, int equals, int end, int next) {
    boolean isNamed(String text, String name) {
      int nameEnd = trimEnd(text, start, equals);
      return nameEnd - start == name.length() && text.startsWith(name, start);
    }

    String name(String text) {
      return text.substring(start, equals < 0 ? end : trimEnd(text, start, equals));
    }
  }
}
