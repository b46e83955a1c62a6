package io.gatekeeper;

import static io.gatekeeper.ConfigurationSamples.REQUIRED;
import static io.gatekeeper.ConfigurationSamples.load;
import static io.gatekeeper.ConfigurationSamples.problems;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  private static final String[] PIECES = {
    "\n",
    " ",
    "  ",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "&a ",
    "*a",
    "!!binary ",
    "!x ",
    "? ",
    "| ",
    "> ",
    "#",
    "%YAML 1.2\n",
    "---",
    "...",
    "<<",
    "\t",
    "\u0000",
    "\uFEFF",
    "issuer",
    "rules",
    "path",
    "session",
    "identity-headers",
    "null",
    "0x1F",
    "1e999",
    "@",
    "`",
    "\uD800",
    "="
  };

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"017", "0x1F", "1_000", "1e3", ".5", "yes", "No", "on", "true", "2026-11-24"})
  void aScalarKeepsTheTextThatWasTyped(String typed) {
    Problems problems = new Problems();
    Optional<JsonNode> tree = YamlText.parse("a: " + typed, "test", problems);
    assertEquals(typed, tree.orElseThrow().path("a").asText());
    assertEquals(true, tree.orElseThrow().path("a").isTextual());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "? [a, b]\n: c\n",
        "client-secret: !!binary aGVsbG8=\n",
        "<<: {userinfo: true}\n",
        "cookie-name: \"\\0\"\n",
        "cookie-name: @name\n",
        "userinfo: true\n\u0001",
        "- a\n",
        "&a b: *a\n",
        "null: x\n",
        "rules: [null, ~, [], {}]\n",
        "%YAML 9.9\n---\nissuer: x\n",
        "{a: {b: {c: }}}\n"
      })
  void oddYamlIsAMistakeAndNothingWorse(String yaml) {
    assertFalse(problems(() -> load(directory, REQUIRED + yaml)).isEmpty());
    assertFalse(problems(() -> load(directory, yaml)).isEmpty());
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    assertEquals("app", load(directory, "\uFEFF" + REQUIRED).clientId());
  }

  @RepeatedTest(20)
  void anyTextEndsInAMistakeAtWorst(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 100; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String yaml = text.toString();
      assertDoesNotThrow(() -> problems(() -> readEveryWay(yaml)), yaml);
    }
  }

  private static void readEveryWay(String yaml) {
    Problems problems = new Problems();
    YamlText.parse(yaml, "test", problems)
        .filter(JsonNode::isObject)
        .ifPresent(tree -> new SettingsTree().putAll("", tree, problems));
    GatekeeperConfig.builder()
        .set("rules", yaml)
        .environment(Map.of("GATEKEEPER_RULES", yaml))
        .build();
  }
}
