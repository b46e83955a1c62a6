package io.gatekeeper.access;

import io.gatekeeper.http.Reading;
import io.gatekeeper.http.RequestPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a rule is about, compared segment by segment. Case counts. Immutable.
 *
 * <p>{@code /admin} is that path, {@code *} stands for exactly one segment that isn't empty, and
 * {@code /**} at the end for the path before it and everything below; {@code /**} alone is every
 * path.
 */
public final class PathPattern {
  private final String text;

  /** Decoded; null for any one segment. The slash at the end is cut off. */
  private final @Nullable String[] segments;

  private final boolean below;
  private final boolean slash;

  private PathPattern(String text, @Nullable String[] segments, boolean below, boolean slash) {
    this.text = text;
    this.segments = segments;
    this.below = below;
    this.slash = slash;
  }

  /**
   * Reads a pattern.
   *
   * @param text the pattern, relative to the external URL; escapes are decoded once
   * @return the pattern
   * @throws IllegalArgumentException for anything else, saying what was expected
   */
  public static PathPattern parse(String text) {
    String[] raw = text.split("/", -1);
    Optional<RequestPath> path = RequestPath.parse(text);
    expect(text.startsWith("/"), text, "a path that begins with a slash");
    expect(text.indexOf('?') < 0 && text.indexOf('#') < 0, text, "a path without a query");
    expect(path.isPresent(), text, "a path without dot segments, other characters escaped");
    expect(!text.contains("//"), text, "a path without empty segments");

    Reading reading = path.orElseThrow().readings().get(0);
    String last = raw[raw.length - 1];
    boolean below = last.equals("**");
    boolean slash = last.isEmpty();
    @Nullable String[] segments = new @Nullable String[raw.length - (below || slash ? 2 : 1)];
    for (int i = 0; i < segments.length; i++) {
      String segment = raw[i + 1];
      boolean any = segment.equals("*");
      expect(any || segment.indexOf('*') < 0, text, "* for a whole segment, /** at the end");
      segments[i] = any ? null : reading.segment(i);
    }
    return new PathPattern(text, segments, below, slash);
  }

  /**
   * What is wrong with a pattern.
   *
   * @param text the pattern
   * @return what was expected; empty for a good one
   */
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (Unfit e) {
      return Optional.of(e.expected);
    }
  }

  private static void expect(boolean condition, String text, String expected) {
    if (!condition) {
      throw new Unfit(text, expected);
    }
  }

  /**
   * Whether a path, as it stands, fits.
   *
   * @param reading one reading of the path
   * @return true if it does; a slash at the end makes another path
   */
  public boolean matches(Reading reading) {
    return matches(reading, 0, true);
  }

  /**
   * Whether the rest of a path fits.
   *
   * @param reading one reading of the path
   * @param from the first segment of the rest; none left stands for a lone slash
   * @param exact whether a slash at the end makes another path
   */
  boolean matches(Reading reading, int from, boolean exact) {
    int size = reading.size() - from;
    boolean slashed = size == 0 || reading.segment(from + size - 1).isEmpty();
    int named = slashed && size > 0 ? size - 1 : size;
    if (below ? size < segments.length : named != segments.length) {
      return false;
    }
    if (exact && !below && slashed != slash) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      String expected = segments[i];
      String actual = reading.segment(from + i);
      if (expected == null ? actual.isEmpty() : !expected.equals(actual)) {
        return false;
      }
    }
    return true;
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** A text that is no pattern. */
  private static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    Unfit(String text, String expected) {
      super(text + " (expected: " + expected + ")");
      this.expected = expected;
    }
  }
}
