package io.gatekeeper.login;

import io.gatekeeper.access.GroupNames;
import io.gatekeeper.access.IdentityHeaders.Source;
import io.gatekeeper.identity.Identity;
import java.util.List;
import java.util.Set;

/**
 * What a session keeps of an identity. Who may sign in is judged by the whole identity before;
 * rules, identity headers and applications know what was kept. Immutable.
 *
 * @param claims the parts of the profile; user and subject are always kept
 * @param groups the groups
 * @param rolesAreGroups whether no roles are mapped, so that the groups kept are the roles
 */
public record KeptClaims(Set<Source> claims, GroupNames groups, boolean rolesAreGroups) {
  /** Copies the set. */
  public KeptClaims {
    claims = Set.copyOf(claims);
  }

  Identity of(Identity whole) {
    boolean email = claims.contains(Source.EMAIL);
    List<String> inGroups =
        claims.contains(Source.GROUPS)
            ? whole.groups().stream().filter(groups::contains).toList()
            : List.of();
    return new Identity(
        whole.user(),
        whole.issuer(),
        whole.subject(),
        claims.contains(Source.NAME) ? whole.name() : null,
        email ? whole.email() : null,
        email && whole.emailVerified(),
        claims.contains(Source.PREFERRED_USERNAME) ? whole.preferredUsername() : null,
        inGroups,
        rolesAreGroups ? inGroups : claims.contains(Source.ROLES) ? whole.roles() : List.of());
  }
}
