package io.gatekeeper.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupNamesTest {
  private static final GroupNames NAMES = new GroupNames(List.of("admins", "team-*"));

  @Test
  void aNameIsThatGroupAlone() {
    assertTrue(NAMES.contains("admins"));
    for (String other : List.of("admin", "admins2", "Admins", "xadmins", "")) {
      assertFalse(NAMES.contains(other), other);
    }
  }

  @Test
  void anAsteriskStandsForWhateverFollows() {
    assertTrue(NAMES.contains("team-a"));
    assertTrue(NAMES.contains("team-"));
    for (String other : List.of("team", "Team-a", "my-team-a")) {
      assertFalse(NAMES.contains(other), other);
    }
    assertTrue(GroupNames.ALL.contains("whatever"));
  }

  @Test
  void anAsteriskElsewhereIsAMistake() {
    for (String wrong : List.of("*-admins", "a*b", "**")) {
      assertFalse(GroupNames.isPattern(wrong), wrong);
      assertThrows(IllegalArgumentException.class, () -> new GroupNames(List.of(wrong)));
    }
  }
}
