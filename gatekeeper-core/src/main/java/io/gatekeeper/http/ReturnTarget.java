package io.gatekeeper.http;

import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page to go to after a login: a place on our own site, wherever it was read from. Immutable.
 *
 * <p>It is always sent behind our own scheme and host, never as a relative reference; even so it
 * holds nothing that a browser could take for another host.
 */
public final class ReturnTarget {
  /** The longest target: 8 KiB. */
  public static final int LIMIT = 8 * 1024;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final String value;

  private ReturnTarget(String value) {
    this.value = value;
  }

  /**
   * Checks a target.
   *
   * @param target a path and, after a {@code ?}, a query, both raw; one char stands for one byte
   * @param ownPrefix the path of the own endpoints, the context path included
   * @return the target; empty when it is missing, is no path of this site, has a fragment, is
   *     longer than {@link #LIMIT}, has characters that no target has, or leads, in any reading, to
   *     an own endpoint, which would be a loop or a forced sign-out
   */
  public static Optional<ReturnTarget> of(@Nullable String target, String ownPrefix) {
    if (target == null || target.length() > LIMIT || target.startsWith("//")) {
      return Optional.empty();
    }
    RequestTarget parts = RequestTarget.of(target);
    Optional<RequestPath> path = RequestPath.parse(parts.path());
    if (path.isEmpty() || leadsTo(path.get(), ownPrefix)) {
      return Optional.empty();
    }
    if (parts.query() == null) {
      return Optional.of(new ReturnTarget(target));
    }
    String query = harmless(parts.query());
    if (query == null || parts.path().length() + 1 + query.length() > LIMIT) {
      return Optional.empty();
    }
    return Optional.of(new ReturnTarget(parts.path() + "?" + query));
  }

  /**
   * Checks a target that may be a place within a page. No request has one; only our own script and
   * a login on purpose tell it.
   *
   * @param target as {@link #of} has it, and then, after a {@code #}, a fragment (RFC 3986, section
   *     3.5): visible ASCII, and none of {@code "<>`\\}
   * @param ownPrefix the path of the own endpoints, the context path included
   * @return the target; empty when its page is no target, or the fragment is none, or both together
   *     are longer than {@link #LIMIT}
   */
  public static Optional<ReturnTarget> withFragment(@Nullable String target, String ownPrefix) {
    int mark = target == null ? -1 : target.indexOf('#');
    if (target == null || mark < 0) {
      return of(target, ownPrefix);
    }
    String fragment = target.substring(mark);
    return of(target.substring(0, mark), ownPrefix)
        .map(page -> page.value + fragment)
        .filter(whole -> whole.length() <= LIMIT && isHarmless(fragment))
        .map(ReturnTarget::new);
  }

  private static boolean isHarmless(String fragment) {
    return fragment.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"<>`\\".indexOf(c) < 0);
  }

  private static boolean leadsTo(RequestPath path, String ownPrefix) {
    Reading own = RequestPath.parse(ownPrefix).orElseThrow().readings().get(0);
    for (Reading reading : path.readings()) {
      if (reading.startsWith(own)) {
        return true;
      }
    }
    return false;
  }

  /** The query with what a browser would have escaped escaped; null when it can't be one. */
  private static @Nullable String harmless(String query) {
    StringBuilder escaped = new StringBuilder(query.length() + 16);
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c == 0x7f || c > 0xff || c == '#') {
        return null;
      }
      if (c > 0x7f || c == '"' || c == '<' || c == '>') {
        escaped.append('%').append(HEX.toHexDigits((byte) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * The target.
   *
   * @return path, query and perhaps fragment in visible ASCII, to be put behind scheme and
   *     authority: the very bytes that came, but that bytes from 0x80 and the characters {@code
   *     "<>} of a query are escaped
   */
  public String value() {
    return value;
  }

  /**
   * The page as a whole.
   *
   * @return this target without its fragment
   */
  public ReturnTarget page() {
    int mark = value.indexOf('#');
    return mark < 0 ? this : new ReturnTarget(value.substring(0, mark));
  }

  /**
   * The path.
   *
   * @return the path alone, raw
   */
  public String path() {
    return RequestTarget.of(page().value).path();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReturnTarget target && target.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The path without query and fragment, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return path();
  }
}
