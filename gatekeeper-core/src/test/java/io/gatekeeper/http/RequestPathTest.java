package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  private static List<String> readings(String raw) {
    return RequestPath.parse(raw).orElseThrow().readings().stream()
        .map(reading -> String.join("|", reading.segments()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/, ''",
    "/a, a",
    "/a/, a|",
    "/a/b, a|b",
    "/api/v1/items/42, api|v1|items|42",
    "/index.html, index.html",
    "/.well-known/x, .well-known|x",
    "/..., ...",
    "/.a/..b/c./d.., .a|..b|c.|d..",
    "/ADMIN, ADMIN",
    "/admin., admin.",
    "/%61dmin, admin",
    "/%61%64%6D%69%6e/, admin|",
    "/admin%20, 'admin '",
    "/%20, ' '",
    "/caf%C3%A9, café",
    "/%E2%82%AC/%F0%9F%98%80, €|😀",
    "/a%23b, a#b",
    "/a%3Fb, a?b",
    "/100%25, 100%",
    "/100%25/x, 100%|x",
    "/50%25zz, 50%zz",
    "/a%2Bb+c, a+b+c",
    "/~u/$&'()*+=:@!, '~u|$&''()*+=:@!'",
    "'/a,b', 'a,b'",
    "/[x]/a|b^c, [x]|a|b^c",
    "/a%7Cb, a|b",
    "'/%22%3C%3E%60%7B%7D', '\"<>`{}'",
    "/*, *",
  })
  void ordinaryPathHasOneReading(String raw, String reading) {
    assertEquals(List.of(reading), readings(raw));
    assertFalse(RequestPath.parse(raw).orElseThrow().ambiguous());
    assertEquals(raw, RequestPath.parse(raw).orElseThrow().raw());
  }

  @ParameterizedTest
  @CsvSource({
    "//, | ; ''",
    "//admin, |admin ; admin",
    "///admin, ||admin ; admin",
    "/a//b, a||b ; a|b",
    "/a//, a|| ; a|",
    "/admin%2f, admin/ ; admin|",
    "/admin%2Fx, admin/x ; admin|x",
    "/%2Fadmin, /admin ; |admin ; admin",
    "/%2f%2fevil.com, //evil.com ; ||evil.com ; evil.com",
    "/a%2F%2Fb, a//b ; a||b ; a|b",
    "/%2561dmin, %61dmin ; admin",
    "/%25%36%31dmin, %61dmin ; admin",
    "/a%252Fb, a%2Fb ; a/b ; a|b",
    "/a%25%32%66b, a%2fb ; a/b ; a|b",
    "/100%25/%2561, 100%|%61 ; 100%|a",
  })
  void everyReadingIsFound(String raw, String expected) {
    List<String> all = Arrays.stream(expected.split(" ; ", -1)).map(String::strip).toList();
    List<String> unquoted = all.stream().map(s -> s.equals("''") ? "" : s).toList();
    assertEquals(unquoted, readings(raw));
    assertTrue(RequestPath.parse(raw).orElseThrow().ambiguous());
  }

  @Test
  void parametersAreKeptAndCut() {
    assertEquals(List.of("admin;x=1", "admin"), readings("/admin;x=1"));
    assertEquals(List.of("admin;"), readings("/admin;").subList(0, 1));
    assertEquals(List.of("a;v=1|b;w", "a|b"), readings("/a;v=1/b;w"));
    assertEquals(List.of(";|admin", "|admin", "admin"), readings("/;/admin"));
    assertEquals(List.of("admin;x", "admin"), readings("/admin%3Bx"));
    assertEquals(List.of("admin%3Bx", "admin;x", "admin"), readings("/admin%253Bx"));
  }

  @Test
  void parametersWithAnEscapedSlashAreReadInFourWays() {
    assertEquals(List.of("a;x/admin", "a", "a;x|admin", "a|admin"), readings("/a;x%2Fadmin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "admin",
        "?",
        "#",
        "http://h/admin",
        "h:443",
        " /admin",
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/a\r\nX: y",
        "/a\nb",
        "/a\u007f",
        "/caf\u00e9",
        "/\u010a",
        "/\u560a",
        "/\uff0fadmin",
        "/a#b",
        "/a?b",
        "/a\\b",
        "/public\\..\\admin",
        "/\\evil.com",
        "/a\"b",
        "/a<b",
        "/a>b",
        "/a`b",
        "/a{b",
        "/a}b",
        "/%",
        "/%4",
        "/%zz",
        "/%u002fadmin",
        "/%\uff14\uff11",
        "/a%2",
        "/a%%41",
        "/%2%65",
        "/admin%00",
        "/%09/evil.com",
        "/%0a/evil.com",
        "/a%0d%0aSet-Cookie:x=1",
        "/a%1f",
        "/a%7f",
        "/a%7F/b",
        "/a%C2%85",
        "/%5Cevil.com",
        "/public/..%5cadmin",
        "/admin%c0%af",
        "/%c0%ae%c0%ae/admin",
        "/%e0%80%af",
        "/%ff",
        "/%c3",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/.",
        "/..",
        "/./",
        "/../",
        "/./admin",
        "/admin/.",
        "/admin/..",
        "/a/./b",
        "/public/../admin",
        "/public/..",
        "/path/..//evil.com",
        "/.//evil.com",
        "/a/../..//evil.com",
        "/public/%2e%2e/admin",
        "/public/%2E./admin",
        "/public/.%2e/admin",
        "/public/%2e/admin",
        "/public/%2e%2e%2fadmin",
        "/public%2f..%2fadmin",
        "/public%2F.%2Fadmin",
        "/public%2f%2e%2e",
        "/public/..;/admin",
        "/public/..;x=1/admin",
        "/public/.;/admin",
        "/public/.;x",
        "/public;/../admin",
        "/public/%2e%2e;x/admin",
        "/public/..%3Bx/admin",
        "/public/%2e%2e%3b/admin",
        "/public/;%2F..%2Fadmin",
        "/public/x%2F..;y",
        "/public/%252e%252e/admin",
        "/public/%252e/admin",
        "/public/.%252E/admin",
        "/public/%25%32%65%25%32%65/admin",
        "/public%252f..%252fadmin",
        "/public/..%252fadmin",
        "/public/..%253Bx/admin",
        "/a%2500",
        "/a%250d%250ax",
        "/a%255cb",
        "/a%25c0%25af",
        "/a%25ff",
        "/%252561dmin",
        "/public/%25252e%25252e/admin",
      })
  void whatCannotBeJudgedIsRefused(String raw) {
    assertTrue(RequestPath.parse(raw).isEmpty());
  }

  @Test
  void everyCharacterThatIsNoPathCharacterIsRefused() {
    String allowed = "-._~!$&'()*+,;=:@[]^|/";
    for (char c = 0; c < 0x180; c++) {
      if (c == '%') {
        continue;
      }
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      boolean good = letterOrDigit || allowed.indexOf(c) >= 0;
      assertEquals(good, RequestPath.parse("/a" + c + "b").isPresent(), "U+" + (int) c);
    }
  }

  @Test
  void everyEscapedControlIsRefusedOnceAndTwiceEscaped() {
    for (int c = 0; c < 0x20; c++) {
      assertTrue(RequestPath.parse("/a%%%02x".formatted(c)).isEmpty());
      assertTrue(RequestPath.parse("/a%%25%02X".formatted(c)).isEmpty());
    }
  }

  static Stream<String> dotSegments() {
    List<String> dots = List.of(".", "%2e", "%2E", "%252e", "%25%32%65");
    List<String> ends = List.of("", "/", ";", ";x=1", "%3b", "%3B", "%2F", "%2f", "%252f", "%253B");
    List<String> begins = List.of("/", "/public/", "/public%2F", "//", "/public;x/", "/a%252f");
    return begins.stream()
        .flatMap(
            begin ->
                ends.stream()
                    .flatMap(
                        end ->
                            dots.stream()
                                .flatMap(
                                    dot ->
                                        Stream.concat(
                                            Stream.of(begin + dot + end),
                                            dots.stream().map(b -> begin + dot + b + end)))));
  }

  @ParameterizedTest
  @MethodSource("dotSegments")
  void dotSegmentIsRefusedInEverySpelling(String raw) {
    assertTrue(RequestPath.parse(raw).isEmpty());
  }

  @Test
  void pathAtTheLimitIsReadAndOneCharacterMoreIsNot() {
    String longest = "/" + "a".repeat(RequestPath.LIMIT - 1);
    assertTrue(RequestPath.parse(longest).isPresent());
    assertTrue(RequestPath.parse(longest + "a").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "//", ";", "%2F", "%2F;", "%252F", "a%252Fb;x//%2561", ";/", "%25", "%3b%2f"})
  void readingsAreFewAndQuickHoweverLongThePath(String piece) {
    String raw = "/" + piece.repeat((RequestPath.LIMIT - 1) / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertTrue(RequestPath.parse(raw).isPresent()));
    List<Reading> readings = RequestPath.parse(raw).orElseThrow().readings();
    assertTrue(readings.size() <= 16, () -> readings.size() + " readings");
    assertEquals(readings.size(), new HashSet<>(readings).size());
  }

  @Test
  void sixteenReadingsAreThereForAPathWithAllFour() {
    assertEquals(16, readings("/a;x/%2561;y//b%2Fc").size());
  }

  @Test
  void plainPathsReadAsTheSlowWayReadsThem() {
    List<String> pieces = List.of("a", "b.c", "", "x-y_z~", "...", "1");
    for (int n = 0; n < 216; n++) {
      int number = n;
      String raw =
          IntStream.of(number % 6, number / 6 % 6, number / 36)
              .mapToObj(pieces::get)
              .collect(Collectors.joining("/", "/", ""));
      if (!raw.contains("//")) {
        assertEquals(Readings.of(raw), RequestPath.parse(raw).orElseThrow().readings(), raw);
      }
    }
  }

  @Test
  void readingKnowsWhatItStartsWith() {
    Reading path = RequestPath.parse("/app/gatekeeper/login").orElseThrow().readings().get(0);
    for (String good : List.of("/app", "/app/gatekeeper", "/app/gatekeeper/login")) {
      assertTrue(path.startsWith(RequestPath.parse(good).orElseThrow().readings().get(0)));
    }
    for (String bad : List.of("/", "/ap", "/app/gate", "/app/gatekeeper/login/", "/gatekeeper")) {
      assertFalse(path.startsWith(RequestPath.parse(bad).orElseThrow().readings().get(0)));
    }
  }
}
