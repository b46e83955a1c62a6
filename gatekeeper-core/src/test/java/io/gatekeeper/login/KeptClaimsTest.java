package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatekeeper.access.GroupNames;
import io.gatekeeper.access.IdentityHeaders.Source;
import io.gatekeeper.identity.Identity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptClaimsTest {
  private static final Identity WHOLE =
      new Identity(
          "anna@example.com",
          "https://issuer.invalid",
          "1234",
          "Anna Example",
          "anna@example.com",
          true,
          "anna",
          List.of("team-a", "staff", "team-b"),
          List.of("boss", "team-a"));

  @Test
  void everythingKeptIsTheSameIdentity() {
    assertEquals(
        WHOLE, new KeptClaims(EnumSet.allOf(Source.class), GroupNames.ALL, false).of(WHOLE));
  }

  @Test
  void whoTheUserIsIsAlwaysKept() {
    Identity bare = new KeptClaims(Set.of(), GroupNames.ALL, true).of(WHOLE);
    assertEquals("anna@example.com", bare.user());
    assertEquals("https://issuer.invalid", bare.issuer());
    assertEquals("1234", bare.subject());
    assertNull(bare.name());
    assertNull(bare.email());
    assertFalse(bare.emailVerified());
    assertNull(bare.preferredUsername());
    assertEquals(List.of(), bare.groups());
    assertEquals(List.of(), bare.roles());
  }

  @Test
  void eachClaimIsKeptByItsOwnName() {
    assertEquals("Anna Example", kept(Source.NAME).name());
    assertEquals("anna@example.com", kept(Source.EMAIL).email());
    assertEquals("anna", kept(Source.PREFERRED_USERNAME).preferredUsername());
    assertEquals(WHOLE.groups(), kept(Source.GROUPS).groups());
    assertEquals(List.of(), kept(Source.GROUPS).roles());
    assertEquals(WHOLE.roles(), kept(Source.ROLES).roles());
    assertEquals(List.of(), kept(Source.ROLES).groups());
  }

  @Test
  void groupsAreFilteredInTheirOrderAndMappedRolesAreNot() {
    GroupNames teams = new GroupNames(List.of("team-*"));
    Set<Source> both = Set.of(Source.GROUPS, Source.ROLES);

    Identity mapped = new KeptClaims(both, teams, false).of(WHOLE);
    assertEquals(List.of("team-a", "team-b"), mapped.groups());
    assertEquals(List.of("boss", "team-a"), mapped.roles());

    Identity unmapped = new KeptClaims(Set.of(Source.GROUPS), teams, true).of(WHOLE);
    assertEquals(List.of("team-a", "team-b"), unmapped.groups());
    assertEquals(List.of("team-a", "team-b"), unmapped.roles());
  }

  private static Identity kept(Source claim) {
    return new KeptClaims(Set.of(claim), GroupNames.ALL, false).of(WHOLE);
  }
}
