package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  @ParameterizedTest
  @CsvSource({
    "a=b, b",
    "x=1&a=b&y=2, b",
    "&&a=b&, b",
    "a=b+c%20d, b c d",
    "a=b%2Bc, b+c",
    "a=b=c, b=c",
    "a=%26%3D%25, &=%",
    "%61=b, b",
    "a=%C3%A9%E2%82%AC, é€",
    "a=%2Fp%3Fq%3D1, /p?q=1",
    "a=b;c=d, b;c=d",
    "A=x&a=b, b",
    "a=%00, '\u0000'",
  })
  void singleValueIsDecoded(String encoded, String expected) {
    Parameters parameters = Parameters.parse(encoded).orElseThrow();
    assertEquals(Optional.of(expected), parameters.single("a"));
    assertTrue(parameters.has("a"));
    assertFalse(parameters.repeated("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "b=1", "A=1", "a%20=1", "aa=1"})
  void missingParameterIsMissing(String encoded) {
    Parameters parameters = Parameters.parse(encoded).orElseThrow();
    assertEquals(Optional.empty(), parameters.single("a"));
    assertFalse(parameters.has("a"));
    assertFalse(parameters.repeated("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=", "a&b=1", "b=1&a="})
  void parameterWithoutAValueCountsAsOmitted(String encoded) {
    Parameters parameters = Parameters.parse(encoded).orElseThrow();
    assertEquals(Optional.empty(), parameters.single("a"));
    assertTrue(parameters.has("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&a=2", "a=1&a=1", "a=1&a", "a&a=1", "a=1&b=2&%61=3"})
  void repeatedParameterHasNoSingleValue(String encoded) {
    Parameters parameters = Parameters.parse(encoded).orElseThrow();
    assertTrue(parameters.repeated("a"));
    assertEquals(Optional.empty(), parameters.single("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%4",
        "a=%zz",
        "%=b",
        "a=%u0041",
        "a=%c0%af",
        "a=%ff",
        "a=%ed%a0%80",
        "a=é",
        "a=b c",
        "a=\n",
        "a=\u0000",
        "a=1&b=%",
        "\u010a=1",
        "a=%\uff14\uff11"
      })
  void badEncodingIsRefused(String encoded) {
    assertEquals(Optional.empty(), Parameters.parse(encoded));
  }

  @Test
  void hundredParametersAreReadAndOneMoreIsRefused() {
    String many = "a=1&".repeat(Parameters.LIMIT);
    assertTrue(Parameters.parse(many).isPresent());
    assertTrue(Parameters.parse(many + "b=1").isEmpty());
    assertTrue(Parameters.parse("&".repeat(60_000)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "é€😀", "&=%#?/;", "\r\n", "\u0000", "~*-._"})
  void whatIsEncodedIsReadBack(String text) {
    String encoded = "a=x" + Parameters.encode(text);
    assertEquals(Optional.of("x" + text), Parameters.parse(encoded).orElseThrow().single("a"));
  }

  @Test
  void valuesStayOutOfSight() {
    assertEquals("[code]", Parameters.parse("code=secret").orElseThrow().toString());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "/a, /a, null",
        "/a?, /a, ''",
        "/a?b, /a, b",
        "/a?b?c, /a, b?c",
        "?b, '', b",
        "'', '', null",
      })
  void targetIsTakenApartAtItsFirstQuestionMark(String target, String path, String query) {
    assertEquals(new RequestTarget(path, query), RequestTarget.of(target));
  }
}
