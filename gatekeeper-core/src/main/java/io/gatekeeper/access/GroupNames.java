package io.gatekeeper.access;

import java.util.List;

/**
 * Some of all groups: by their names, or by how their names begin. Case counts. Immutable.
 *
 * @param patterns names; an asterisk at the end of one stands for whatever follows
 */
public record GroupNames(List<String> patterns) {
  /** Every group. */
  public static final GroupNames ALL = new GroupNames(List.of("*"));

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException for an asterisk that is not at the end
   */
  public GroupNames {
    for (String pattern : patterns) {
      if (!isPattern(pattern)) {
        throw new IllegalArgumentException(pattern + " (expected: a name, or a beginning and *)");
      }
    }
    patterns = List.copyOf(patterns);
  }

  /**
   * Whether a text can be among the patterns.
   *
   * @param text the text
   * @return false where an asterisk is followed by something
   */
  public static boolean isPattern(String text) {
    int asterisk = text.indexOf('*');
    return asterisk < 0 || asterisk == text.length() - 1;
  }

  /**
   * Whether a group is one of them.
   *
   * @param group its name
   * @return true if a pattern is its name or, up to an asterisk, its beginning
   */
  public boolean contains(String group) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, group));
  }

  private static boolean matches(String pattern, String group) {
    return pattern.endsWith("*")
        ? group.startsWith(pattern.substring(0, pattern.length() - 1))
        : group.equals(pattern);
  }
}
