package io.gatekeeper.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's path in every way that a server behind could read it, so that a rule is never judged
 * by another path than the one that is served. Immutable.
 *
 * <p>Nothing is normalised: a path with dot segments, in whatever spelling, is refused rather than
 * resolved, because gateways and servers don't agree on the result.
 *
 * <p>Specification: RFC 3986, sections 3.3 (path) and 5.2.4 (dot segments).
 */
public final class RequestPath {
  /** The longest path that is read: 8 KiB. */
  public static final int LIMIT = 8 * 1024;

  private static final byte REFUSED = 0;
  private static final byte PLAIN = 1;
  private static final byte SLASH = 2;
  private static final byte SPECIAL = 3;
  private static final byte[] KINDS = kinds();

  private final String raw;
  private final List<Reading> readings;

  private RequestPath(String raw, List<Reading> readings) {
    this.raw = raw;
    this.readings = readings;
  }

  /**
   * Reads a path.
   *
   * @param rawPath the path as it came, without the query; one char stands for one byte
   * @return the path; empty when it is to be refused: it doesn't begin with a slash, is longer than
   *     {@link #LIMIT}, has characters that no path has, a bad escape, a control character or a
   *     backslash (escaped or not), or a dot segment in any reading
   */
  public static Optional<RequestPath> parse(String rawPath) {
    int length = rawPath.length();
    if (length == 0 || length > LIMIT || rawPath.charAt(0) != '/') {
      return Optional.empty();
    }
    int segments = 0;
    boolean plain = true;
    byte previous = PLAIN;
    for (int i = 0; i < length; i++) {
      char c = rawPath.charAt(i);
      byte kind = c < KINDS.length ? KINDS[c] : REFUSED;
      if (kind == REFUSED) {
        return Optional.empty();
      }
      if (kind == SLASH) {
        segments++;
        plain &= previous != SLASH;
      } else {
        plain &= kind == PLAIN;
      }
      previous = kind;
    }
    List<Reading> readings = plain ? split(rawPath, segments) : Readings.of(rawPath);
    return readings == null ? Optional.empty() : Optional.of(new RequestPath(rawPath, readings));
  }

  private static @Nullable List<Reading> split(String rawPath, int size) {
    String[] segments = new String[size];
    int start = 1;
    for (int i = 0; i < size; i++) {
      int slash = rawPath.indexOf('/', start);
      String segment = rawPath.substring(start, slash < 0 ? rawPath.length() : slash);
      if (Reading.isDots(segment)) {
        return null;
      }
      segments[i] = segment;
      start = slash + 1;
    }
    return List.of(new Reading(segments));
  }

  /**
   * Every way to read the path.
   *
   * @return from 1 to 16 readings, all different; the first takes every escape as data and every
   *     character as it stands
   */
  public List<Reading> readings() {
    return readings;
  }

  /**
   * Whether the path can be read in several ways.
   *
   * @return true if there is more than one reading
   */
  public boolean ambiguous() {
    return readings.size() > 1;
  }

  /**
   * The path as it came.
   *
   * @return the raw text
   */
  public String raw() {
    return raw;
  }

  /** The path as it came. */
  @Override
  public String toString() {
    return raw;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = '0'; c <= 'z'; c++) {
      kinds[c] = Character.isLetterOrDigit(c) ? PLAIN : REFUSED;
    }
    // RFC 3986's pchar, and the four besides that browsers send as they are and nobody separates
    // by.
    for (char c : "-._~!$&'()*+,=:@[]^|".toCharArray()) {
      kinds[c] = PLAIN;
    }
    kinds['/'] = SLASH;
    kinds['%'] = SPECIAL;
    kinds[';'] = SPECIAL;
    return kinds;
  }
}
