package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.OTHER_SECRET;
import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.SECRET;
import static io.gatekeeper.ConfigurationSamples.file;
import static io.gatekeeper.ConfigurationSamples.problems;
import static io.gatekeeper.ConfigurationSamples.required;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir Path directory;

  @Test
  void theEnvironmentAloneIsEnough() {
    GatekeeperConfig config =
        GatekeeperConfig.fromEnvironment(
            Map.of(
                "GATEKEEPER_ISSUER", "https://dex.example.com/dex",
                "GATEKEEPER_CLIENT_ID", "app",
                "GATEKEEPER_EXTERNAL_URL", "https://app.example.com",
                "GATEKEEPER_SESSION_LIFETIME", "1h",
                "GATEKEEPER_SCOPES", "email groups",
                "GATEKEEPER_ALLOW", "{users: [jane], groups: [staff]}",
                "GATEKEEPER_RULES", "- {path: /public/**, access: public}\n- path: /x",
                "PATH", "/bin"));

    assertEquals("app", config.clientId());
    assertEquals(Duration.ofHours(1), config.sessionLifetime());
    assertEquals(List.of("openid", "email", "groups"), config.scopes());
    assertEquals(Set.of("jane"), config.allow().users());
    assertEquals(List.of("/x"), config.rules().get(1).paths());
  }

  @Test
  void theEnvironmentOutranksTheFile() {
    Path yaml = file(directory, "gatekeeper.yaml", REQUIRED + "cookie-name: a\nprefix: /b\n");
    GatekeeperConfig config = GatekeeperConfig.load(yaml, Map.of("GATEKEEPER_COOKIE_NAME", "c"));

    assertEquals("c", config.cookieName());
    assertEquals("/b", config.prefix());
  }

  @Test
  void aSecretInTheEnvironmentReplacesTheFilesSecretFile() {
    Path yaml =
        file(directory, "gatekeeper.yaml", REQUIRED + "client-secret-file: /no/such/file\n");
    GatekeeperConfig config =
        GatekeeperConfig.load(yaml, Map.of("GATEKEEPER_CLIENT_SECRET", "knows-this"));
    assertEquals("knows-this", config.clientSecret().orElseThrow().reveal());
  }

  @Test
  void aScalarIsTakenAsItStands() {
    GatekeeperConfig config =
        required().environment(Map.of("GATEKEEPER_CLIENT_SECRET", "a: {b # 'c")).build();
    assertEquals("a: {b # 'c", config.clientSecret().orElseThrow().reveal());
  }

  @Test
  void oneSessionSecretIsTakenAsItStandsAndSeveralAreAList() {
    String odd = SECRET + " #: {";
    assertEquals(
        List.of(Secret.of(odd)),
        required().environment(Map.of("GATEKEEPER_SESSION_SECRETS", odd)).build().sessionSecrets());
    assertEquals(
        List.of(Secret.of(SECRET), Secret.of(OTHER_SECRET)),
        required()
            .environment(
                Map.of("GATEKEEPER_SESSION_SECRETS", "[" + SECRET + ", " + OTHER_SECRET + "]"))
            .build()
            .sessionSecrets());
  }

  @Test
  void anUnknownVariableIsAMistakeThatSuggestsTheNearest() {
    assertEquals(
        List.of(
            "GATEKEEPER_CLEINT_ID: unknown variable (did you mean GATEKEEPER_CLIENT_ID?)",
            "GATEKEEPER_PORT: unknown variable",
            "GATEKEEPER_WHATEVER_ELSE: unknown variable"),
        problems(
            () ->
                required()
                    .environment(
                        Map.of(
                            "GATEKEEPER_CLEINT_ID", "app",
                            "GATEKEEPER_PORT", "8080",
                            "GATEKEEPER_WHATEVER_ELSE", "x"))
                    .build()));
  }

  @Test
  void theServiceLinksOfKubernetesAreNoSettings() {
    Map<String, String> links = new HashMap<>();
    links.put("GATEKEEPER_SERVICE_HOST", "10.0.0.7");
    links.put("GATEKEEPER_SERVICE_PORT", "4180");
    links.put("GATEKEEPER_SERVICE_PORT_HTTP", "4180");
    links.put("GATEKEEPER_PORT", "tcp://10.0.0.7:4180");
    links.put("GATEKEEPER_PORT_4180_TCP", "tcp://10.0.0.7:4180");
    links.put("GATEKEEPER_PORT_4180_TCP_PROTO", "tcp");
    links.put("GATEKEEPER_PORT_4180_TCP_PORT", "4180");
    links.put("GATEKEEPER_PORT_4180_TCP_ADDR", "10.0.0.7");
    links.put("GATEKEEPER_WEBHOOK_SERVICE_HOST", "10.0.0.8");
    links.put("GATEKEEPER_WEBHOOK_PORT", "tcp://10.0.0.8:443");
    assertEquals(List.of(), problems(() -> required().environment(links).build()));
  }

  @Test
  void yamlThatIsNoneNamesItsVariable() {
    assertEquals(
        List.of(
            "GATEKEEPER_RULES, line 1, column 2: not YAML (a quote, a bracket, a character or an"
                + " indentation is wrong here or just before)"),
        problems(() -> required().environment(Map.of("GATEKEEPER_RULES", "[")).build()));
  }

  @Test
  void anEmptyVariableDoesNotPassForNoRestriction() {
    assertEquals(
        List.of("allow.groups: nothing (expected: text)"),
        problems(() -> required().environment(Map.of("GATEKEEPER_ALLOW_GROUPS", "")).build()));
  }

  @Test
  void noTwoSettingsHaveOneVariable() {
    Set<String> variables = new HashSet<>();
    for (Setting setting : Setting.values()) {
      assertEquals(true, variables.add(setting.variable()), setting.variable());
    }
  }
}
