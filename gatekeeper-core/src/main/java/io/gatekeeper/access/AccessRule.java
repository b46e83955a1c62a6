package io.gatekeeper.access;

import java.util.List;
import java.util.Set;

/**
 * Who may go where, ready to be judged by. Immutable.
 *
 * @param patterns the paths it is about, relative to the context path
 * @param hosts the hosts it is about, without a port; empty: all
 * @param methods the methods it is about, GET meaning HEAD too; empty: all
 * @param kind {@code PUBLIC}, {@code SESSION} or {@code DENY}
 * @param groups with {@code SESSION}: one of these groups, roles or users; all empty: everyone who
 *     is signed in
 * @param roles see {@code groups}
 * @param users see {@code groups}
 * @param programsOnly whether a request without a session is always answered as a program's
 */
public record AccessRule(
    List<PathPattern> patterns,
    Set<String> hosts,
    Set<String> methods,
    Verdict.Kind kind,
    Set<String> groups,
    Set<String> roles,
    Set<String> users,
    boolean programsOnly) {

  /** Copies the collections and checks the kind. */
  public AccessRule {
    patterns = List.copyOf(patterns);
    hosts = Set.copyOf(hosts);
    methods = Set.copyOf(methods);
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
    if (kind == Verdict.Kind.AMBIGUOUS || kind == Verdict.Kind.OUTSIDE) {
      throw new IllegalArgumentException(kind + " (expected: what a rule can say)");
    }
  }
}
