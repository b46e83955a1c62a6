package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {
  private static Cookies cookies(String... lines) {
    return Cookies.parse(Arrays.asList(lines));
  }

  @ParameterizedTest
  @CsvSource({
    "x=1, 1",
    "a=b; x=1; c=d, 1",
    "a=b;x=1;c=d, 1",
    "a=b;  x=1  ;c=d, 1",
    "'x = 1', 1",
    "x=, ''",
    "x=a=b==, a=b==",
    "'x=\"1\"', '\"1\"'",
    "'x=\"a; y=b\"', '\"a'",
    "x=1; x=2, 1|2",
    "x=1; a=b; x=1, 1|1",
    "x=\u00e9, \u00e9",
    "'x=a,b', 'a,b'",
  })
  void valuesAreReadInOrder(String header, String values) {
    assertEquals(List.of(values.split("\\|", -1)), cookies(header).values("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "=",
        ";;;",
        " ; ; ",
        "=x",
        "x",
        "x; y",
        "X=1",
        "xx=1",
        "ax=1",
        "y=x=1",
        "y=; =x",
        "\"x=1\"",
        "\t",
        "x\u0000=1",
        "a=\"x=1\""
      })
  void otherCookiesAreNotIt(String header) {
    assertEquals(List.of(), cookies(header).values("x"));
  }

  @ParameterizedTest
  @CsvSource({
    "x=1, ''",
    "x=1; x=2, ''",
    "a=b; x=1; c=d, a=b; c=d",
    "a=b;x=1;c=d, a=b; c=d",
    "x=1; a=b, a=b",
    "a=b; x=1, a=b",
    "a=b; x, a=b",
    "a=b; x =1, a=b",
    "a=b; X=1, a=b; X=1",
    "a=b; xx=1; y=x=1, a=b; xx=1; y=x=1",
    "'a=\"b c\";  d = e ; x=1', 'a=\"b c\"; d = e'",
    "a=b; a=c, a=b; a=c",
    "a; =b; =, a; =b; =",
    "';', ''",
    "' ; ; ', ''",
    "=, =",
    "';;a=b;;x=1;;', a=b",
    "a=\u00e9\u00ff; x=1, a=\u00e9\u00ff",
    "a=b=c==; x=1, a=b=c==",
  })
  void cookieIsCutOutAndTheOthersStay(String header, String rest) {
    assertEquals(rest, cookies(header).without("x"::equals));
  }

  @Test
  void linesAreJoined() {
    Cookies cookies = cookies("a=b; x=1", "c=d", "x=2");
    assertEquals(List.of("1", "2"), cookies.values("x"));
    assertEquals("a=b; c=d", cookies.without("x"::equals));
    assertEquals("", cookies().without("x"::equals));
    assertEquals(Set.of(), cookies().names());
  }

  @Test
  void namesComeOnceInTheirOrder() {
    assertEquals(List.of("b", "a", ""), List.copyOf(cookies("b=1; a=2; b=3; word; =x").names()));
  }

  @Test
  void cookiesAtTheLimitsAreReadAndThoseBeyondOnlyCut() {
    String many = "x=1;" + "a=b;".repeat(Cookies.COUNT_LIMIT - 1);
    assertEquals(List.of("1"), cookies(many).values("x"));
    Cookies tooMany = cookies(many + "c=d");
    assertEquals(List.of(), tooMany.values("x"));
    assertEquals(Set.of(), tooMany.names());
    assertEquals("c=d", tooMany.without(Set.of("x", "a")::contains));

    String big = "x=1; a=" + "b".repeat(Cookies.LENGTH_LIMIT - 7);
    assertEquals(List.of("1"), cookies(big).values("x"));
    assertEquals(List.of(), cookies(big + "b").values("x"));
    assertEquals(big.substring(5) + "b", cookies(big + "b").without("x"::equals));
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "=", " ", "x", "x=;", ";x", "\t;", "a=b; ", "\"", "x=1;"})
  void longHeaderOfAnythingIsCutInLinearTime(String piece) {
    Cookies cookies = cookies(piece.repeat(1_000_000));
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertFalse(cookies.without("x"::equals).startsWith("x=")));
  }

  @Test
  void nothingThatAClientCanSendThrowsOrLeavesTheCookie() {
    Random random = new Random(7);
    String alphabet = "x=;; \t\"a,\u0000\u00e9";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder header = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Cookies cookies = cookies(header.toString());
      String rest = cookies.without("x"::equals);
      assertEquals(List.of(), cookies(rest).values("x"), header.toString());
      assertEquals(rest, cookies(rest).without("x"::equals), header.toString());
      assertEquals(cookies.names().contains("x"), !cookies.values("x").isEmpty());
    }
  }

  @Test
  void valuesStayOutOfSight() {
    assertEquals("Cookies[2]", cookies("a=secret; b=secret").toString());
  }
}
