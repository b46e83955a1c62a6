package io.gatekeeper.access;

/** Comparing header names (RFC 9110, section 5.1) without making new ones. */
final class HeaderNames {
  private HeaderNames() {}

  /** Whether it is a token (RFC 9110, section 5.6.2). */
  static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /** Whether both are one name: ASCII case doesn't count. */
  static boolean isSame(String one, String other) {
    if (one.length() != other.length()) {
      return false;
    }
    for (int i = 0; i < one.length(); i++) {
      if (lower(one.charAt(i)) != lower(other.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether both make one variable: whatever is no letter or digit becomes an underscore. */
  static boolean isLike(String one, String other) {
    if (one.length() != other.length()) {
      return false;
    }
    for (int i = 0; i < one.length(); i++) {
      if (folded(one.charAt(i)) != folded(other.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int folded(char c) {
    return isAlphanumeric(c) ? lower(c) : '_';
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
