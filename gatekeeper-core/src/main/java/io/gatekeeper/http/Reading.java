package io.gatekeeper.http;

import java.util.Arrays;
import java.util.List;

/**
 * One way to read a path: its segments, decoded. A slash at the end is an empty last segment, so
 * that {@code /} has one segment and {@code /a/} two. Immutable.
 */
public final class Reading {
  private final String[] segments;

  /** Takes the array as its own. */
  Reading(String[] segments) {
    this.segments = segments;
  }

  /**
   * How many segments there are.
   *
   * @return one at least
   */
  public int size() {
    return segments.length;
  }

  /**
   * One of the segments.
   *
   * @param index from 0
   * @return the decoded segment; where {@code %2F} is read as data it holds a slash
   */
  public String segment(int index) {
    return segments[index];
  }

  /**
   * Whether this path is another one or lies below it.
   *
   * @param other a path
   * @return true if the other's segments are the first of this one's
   */
  public boolean startsWith(Reading other) {
    int size = other.segments.length;
    return segments.length >= size && Arrays.equals(segments, 0, size, other.segments, 0, size);
  }

  /**
   * All segments.
   *
   * @return the segments in their order
   */
  public List<String> segments() {
    return List.of(segments);
  }

  /** Whether a segment would move to another one (RFC 3986, section 5.2.4). */
  static boolean isDots(String segment) {
    int length = segment.length();
    return length > 0
        && length <= 2
        && segment.charAt(0) == '.'
        && (length == 1 || segment.charAt(1) == '.');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reading reading && Arrays.equals(segments, reading.segments);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(segments);
  }

  /** The segments, for a failed test's message. */
  @Override
  public String toString() {
    return Arrays.toString(segments);
  }
}
