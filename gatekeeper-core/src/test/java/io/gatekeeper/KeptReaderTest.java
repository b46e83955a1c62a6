package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.load;
import static io.gatekeeper.ConfigurationSamples.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session keeps has to be what the other settings go by. */
class KeptReaderTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow: {email-domains: [a.org]}       | [name] | email   | allow.email-domains
          allow: {groups: [staff]}              | [name] | groups  | allow.groups
          rules: [{path: /a, groups: [staff]}]  | [name] | groups  | rules
          rules: [{path: /a, roles: [staff]}]   | [name] | groups  | rules
          identity-headers: {x-name: name}      | [email] | name   | identity-headers
          identity-headers: {x-roles: roles}    | [roles] | groups | identity-headers
          """)
  void aClaimThatIsGoneByIsMissed(String other, String claims, String missing, String whatFor) {
    assertEquals(
        List.of(
            "session.claims: %s (expected: %s among them, for %s)"
                .formatted(claims.replaceAll("\\w+", "\"$0\""), missing, whatFor)),
        problems(() -> load(directory, yaml(other, "session: {claims: " + claims + "}"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rules: [{path: /a, roles: [boss]}]", "identity-headers: {x-roles: roles}"})
  void mappedRolesAreAClaimOfTheirOwn(String other) {
    String mapped = other + "\nidentity: {roles: /realm/roles}";
    assertEquals(
        List.of("session.claims: groups (expected: roles among them, for " + firstKey(other) + ")"),
        problems(() -> load(directory, yaml(mapped, "session: {claims: groups}"))));
    assertEquals(
        List.of(), problems(() -> load(directory, yaml(mapped, "session: {claims: roles}"))));
    assertEquals(List.of(), problems(() -> load(directory, yaml(mapped, "groups-allow: [staff]"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allow: {groups: [kf-a, staff]}                               | allow.groups    | staff
          rules: [{path: /a, groups: [kf-a]}, {path: /b, groups: [kf]}] | rules[1].groups | kf
          rules: [{path: /a, roles: [staff]}]                          | rules[0].roles  | staff
          """)
  void aGroupThatIsGoneByIsMissed(String other, String where, String group) {
    assertEquals(
        List.of("%s: %s (expected: a group that groups-allow keeps)".formatted(where, group)),
        problems(() -> load(directory, yaml(other, "groups-allow: ['kf-*']"))));
    assertEquals(
        List.of(),
        problems(() -> load(directory, yaml(other, "groups-allow: ['kf-*', " + group + "]"))));
  }

  private static String yaml(String one, String other) {
    return REQUIRED + one + "\n" + other + "\n";
  }

  private static String firstKey(String yaml) {
    return yaml.substring(0, yaml.indexOf(':'));
  }
}
