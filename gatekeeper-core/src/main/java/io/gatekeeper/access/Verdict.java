package io.gatekeeper.access;

import io.gatekeeper.identity.Identity;
import java.util.List;
import java.util.Set;

/**
 * What the rules say of a path. Immutable, and compared by value.
 *
 * @param kind what is asked of a request
 * @param groups with {@code SESSION}: one of these groups, roles or users is asked for; all empty:
 *     everyone who is signed in is let in
 * @param roles see {@code groups}
 * @param users see {@code groups}
 * @param programsOnly whether a request without a session is always answered as a program's
 */
public record Verdict(
    Kind kind, Set<String> groups, Set<String> roles, Set<String> users, boolean programsOnly) {

  /** What is asked of a request. */
  public enum Kind {
    /** Nothing. */
    PUBLIC,
    /** A session, and that {@link Verdict#admits} says yes. */
    SESSION,
    /** The impossible. */
    DENY,
    /** To be readable in one way, or in ways that come to the same: 400. */
    AMBIGUOUS,
    /** To be for the external URL's own path, or below it. */
    OUTSIDE
  }

  /** Copies the collections. */
  public Verdict {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
  }

  static Verdict of(Kind kind) {
    return new Verdict(kind, Set.of(), Set.of(), Set.of(), false);
  }

  static Verdict of(AccessRule rule) {
    // Only a session's verdict speaks of people: so that two that come to the same are the same.
    return rule.kind() == Kind.SESSION
        ? new Verdict(rule.kind(), rule.groups(), rule.roles(), rule.users(), rule.programsOnly())
        : new Verdict(rule.kind(), Set.of(), Set.of(), Set.of(), rule.programsOnly());
  }

  /**
   * Whether somebody who is signed in is let in.
   *
   * @param identity who
   * @return true if the path is public, or asks for a session and for nobody in particular or for
   *     one of the user's groups or roles, or for the user; compared exactly
   */
  public boolean admits(Identity identity) {
    return switch (kind) {
      case PUBLIC -> true;
      case SESSION ->
          (groups.isEmpty() && roles.isEmpty() && users.isEmpty())
              || users.contains(identity.user())
              || anyIn(groups, identity.groups())
              || anyIn(roles, identity.roles());
      case DENY, AMBIGUOUS, OUTSIDE -> false;
    };
  }

  private static boolean anyIn(Set<String> asked, List<String> had) {
    if (!asked.isEmpty()) {
      for (String one : had) {
        if (asked.contains(one)) {
          return true;
        }
      }
    }
    return false;
  }
}
