package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/**", "/*", "/a", "/a/", "/a/**", "/a/*/b", "/a%20b", "/..a", "/a.b", "/ü"})
  void aPlainPatternIsGood(String pattern) {
    assertEquals(Optional.empty(), RulesReader.patternProblem(pattern));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "**",
        "https://a/b",
        "//",
        "//a",
        "/a//b",
        "/a?b",
        "/a#b",
        "/**/a",
        "/a**",
        "/a/b*",
        "/***",
        "/.",
        "/..",
        "/a/./b",
        "/a/../b",
        "/%2e%2e/a",
        "/a/.%2E",
        "/a/..;x/b",
        "/a\\b",
        "/a b",
        "/a%",
        "/a%g0",
        "/a^b"
      })
  void anotherIsNot(String pattern) {
    assertTrue(RulesReader.patternProblem(pattern).isPresent(), pattern);
  }
}
