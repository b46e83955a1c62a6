package io.gatekeeper;

import java.util.List;
import java.util.Set;

/** What a session keeps of an identity. */
record KeptSettings(Set<GatekeeperConfig.IdentityHeader> claims, List<String> groups) {
  KeptSettings {
    claims = Set.copyOf(claims);
    groups = List.copyOf(groups);
  }
}
