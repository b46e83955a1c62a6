package io.gatekeeper;

import java.util.List;
import java.util.Set;

/**
 * Who may go where. Of a list of rules the first whose path and host match decides.
 *
 * @param paths path patterns relative to the external URL: {@code /admin} is that page, {@code
 *     /admin/*} stands for one segment more, {@code /admin/**} for {@code /admin} and all below.
 *     Case counts; no query, no regular expression
 * @param hosts the hosts it is about; empty: all
 * @param methods the methods it is about, GET meaning HEAD too; empty: all. A request whose path
 *     matches but whose method doesn't is denied unless a later rule names that path
 * @param access who may
 * @param groups with {@link Access#SESSION}: the user is in one of these groups, has one of the
 *     {@code roles} or is one of the {@code users}; all empty: everyone who is signed in
 * @param roles see {@code groups}
 * @param users see {@code groups}
 * @param challenge how somebody without a session is answered
 */
public record Rule(
    List<String> paths,
    Set<String> hosts,
    Set<String> methods,
    Access access,
    Set<String> groups,
    Set<String> roles,
    Set<String> users,
    Challenge challenge) {

  /** Who may. */
  public enum Access {
    /** Everyone, signed in or not. */
    PUBLIC,
    /** Those who are signed in, or the groups, roles and users named. */
    SESSION,
    /** Nobody. */
    DENY
  }

  /** How a request without a session is answered. */
  public enum Challenge {
    /** By the evidence: a navigation is sent to the provider, a program gets 401. */
    AUTO,
    /** Always 401: for the paths of an API. */
    UNAUTHORIZED
  }

  /** Copies the collections. */
  public Rule {
    paths = List.copyOf(paths);
    hosts = Set.copyOf(hosts);
    methods = Set.copyOf(methods);
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
  }
}
