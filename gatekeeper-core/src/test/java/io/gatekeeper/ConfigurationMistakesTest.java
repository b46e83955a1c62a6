package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.file;
import static io.gatekeeper.ConfigurationSamples.load;
import static io.gatekeeper.ConfigurationSamples.problems;
import static io.gatekeeper.ConfigurationSamples.required;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationMistakesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvFileSource(resources = "mistakes.csv", delimiter = '|', maxCharsPerColumn = 500)
  void eachMistakeHasItsLine(String yaml, String line) {
    String base = "";
    for (String required : REQUIRED.split("\n", -1)) {
      String key = required.replaceFirst(":.*", ":");
      base += yaml.startsWith(key) ? "" : required + "\n";
    }
    String all = base + yaml + "\n";
    assertEquals(List.of(line), problems(() -> load(directory, all)));
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                load(
                    directory,
                    """
                    isuer: https://dex.example.com
                    external-url: app.example.com
                    session: {lifetime: PT0S, liftime: 3h}
                    rules: [{path: admin, acess: public}]
                    userinfo: yes
                    """));

    assertEquals(
        List.of(
            "isuer: unknown key (did you mean issuer?)",
            "session.liftime: unknown key (did you mean session.lifetime?)",
            "issuer: missing (expected: an absolute https URL without user, query and fragment)",
            "client-id: missing (expected: the id that the provider gave)",
            "userinfo: yes (expected: true or false)",
            "external-url: app.example.com (expected: an absolute https URL: scheme, host and"
                + " perhaps a plain context path)",
            "session.lifetime: PT0S (expected: more than zero)",
            "rules[0].acess: unknown key (did you mean access?)",
            "rules[0].path: admin (expected: a path that begins with a slash)"),
        e.problems());
    assertEquals(String.join("\n", e.problems()), e.getMessage());
  }

  @Test
  void anEmptyConfigurationLacksTheEssentials() {
    List<String> lines = problems(() -> GatekeeperConfig.builder().build());
    assertEquals(
        List.of("issuer", "client-id", "external-url"),
        lines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
    assertEquals(lines, problems(() -> load(directory, "# nothing\n")));
  }

  @Test
  void noYamlIsToldWithLineAndColumnAndNothingElse() {
    Path file =
        file(
            directory, "broken.yaml", "issuer: https://dex\nclient-secret: \"knows-this\n  x: [\n");
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> GatekeeperConfig.load(file, Map.of()));

    assertEquals(1, e.problems().size(), e.getMessage());
    assertTrue(
        e.getMessage().matches(".*broken\\.yaml, line \\d+, column \\d+: not YAML .*"),
        e.getMessage());
    assertFalse(e.getMessage().contains("knows-this"), e.getMessage());
    assertNull(e.getCause());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cookie-name: a\ncookie-name: b\n",
        "session: {lifetime: 1h, lifetime: 2h}\n",
        "session: {lifetime: 1h}\nsession.lifetime: 2h\n"
      })
  void aKeyGivenTwiceIsAMistake(String yaml) {
    List<String> lines = problems(() -> load(directory, REQUIRED + yaml));
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).endsWith("given twice"), lines.get(0));
  }

  @Test
  void aliasesAreRefusedSoNoneCanMultiply() {
    List<String> lines =
        problems(() -> load(directory, REQUIRED + "allow: {groups: &g [a], users: *g}\n"));
    assertTrue(lines.get(0).endsWith("an alias (expected: the value itself)"), lines.toString());
  }

  @Test
  void deepNestingIsRefused() {
    List<String> lines =
        problems(() -> load(directory, REQUIRED + "rules: " + "[".repeat(5000) + "]".repeat(5000)));
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("not YAML"), lines.toString());
  }

  @Test
  void aSecondDocumentIsRefused() {
    List<String> lines = problems(() -> load(directory, REQUIRED + "---\nuserinfo: true\n"));
    assertTrue(lines.get(0).endsWith("a second document (expected: one)"), lines.toString());
  }

  @Test
  void aFileThatCannotBeTakenInIsTheOnlyProblem() {
    Path missing = directory.resolve("missing.yaml");
    assertEquals(
        List.of(missing + ": can't be read (expected: a YAML file)"),
        problems(() -> GatekeeperConfig.load(missing, Map.of())));

    Path large = file(directory, "large.yaml", REQUIRED + "#".repeat(1 << 20));
    assertEquals(
        List.of(large + ": larger (expected: at most 1 MiB)"),
        problems(() -> GatekeeperConfig.load(large, Map.of())));

    Path list = file(directory, "list.yaml", "[issuer]\n");
    assertEquals(
        List.of(list + ": no map (expected: lines of key: value)"),
        problems(() -> GatekeeperConfig.load(list, Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://accounts.google.com",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/consumers/v2.0",
        "https://appleid.apple.com",
        "https://api.login.yahoo.com"
      })
  void anIssuerOpenToEveryoneNeedsToBeToldWhomToAllow(String issuer) {
    assertEquals(
        List.of(
            "allow: missing (expected: email-domains, groups or users, because anybody gets an"
                + " account at "
                + issuer
                + ")"),
        problems(() -> required().issuer(issuer).build()));
    assertEquals(
        List.of(),
        problems(() -> required().issuer(issuer).set("allow.users", List.of("jane")).build()));
  }

  @Test
  void aTenantOfOnesOwnIsNotOpenToEveryone() {
    String tenant = "https://login.microsoftonline.com/3f1c9a52-0000-4000-8000-000000000001/v2.0";
    assertEquals(List.of(), problems(() -> required().issuer(tenant).build()));
  }

  @Test
  void aValueOfNoKnownTypeIsAMistakeOfTheBuilder() {
    List<String> lines =
        problems(() -> required().set("scopes", new ArrayList<>(List.of(Map.of()))).build());
    assertEquals(List.of("scopes[0]: {} (expected: text)"), lines);
    assertEquals(
        List.of("cookie-name: java.util.Locale (expected: text, a number, a list or a map)"),
        problems(() -> required().set("cookie-name", Locale.ROOT).build()).subList(0, 1));
  }

  @Test
  void aControlCharacterCannotForgeALine() {
    List<String> lines = problems(() -> required().set("cookie-name", "a\nissuer: x").build());
    assertEquals(1, lines.size());
    assertFalse(lines.get(0).contains("\n"), lines.get(0));
  }
}
