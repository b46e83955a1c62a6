package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnTargetTest {
  private static final String OWN = "/gatekeeper";
  private static final String ORIGIN = "https://app.example.com";

  private static Optional<String> value(String target) {
    return ReturnTarget.of(target, OWN).map(ReturnTarget::value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?",
        "/a",
        "/a/",
        "/a?",
        "/a?b",
        "/a??",
        "/a?b?c",
        "/a?a=%2F&b=+",
        "/a?a=1&a=2",
        "/a?x=%0d%0aSet-Cookie:y=1",
        "/a?x=%C3%A9&y=%ff&z=%",
        "/a?x=/../..//evil.com",
        "/a?x=https://evil.com/",
        "/a?x=\\d+|^[a-z]{2}`'~",
        "/a?x=1;y=2",
        "/a;v=1",
        "/a;v=1/b;w?c",
        "/a//b",
        "/a/b//",
        "/caf%C3%A9/%E2%82%AC?q=%E2%82%AC",
        "/%2f%2fevil.com",
        "/%2Fevil.com",
        "/%252fevil.com",
        "/x%2Fy",
        "/;/evil.com",
        "/@evil.com",
        "/evil.com:80/",
        "/http://evil.com/",
        "/https:evil.com",
        "/javascript:alert(1)",
        "/[x]/a|b^c",
        "/gatekeepers",
        "/Gatekeeper",
        "/app/gatekeeper",
        "/a/gatekeeper/logout",
        "/a?/gatekeeper/logout",
        "/logout",
      })
  void goodTargetComesBackByteForByte(String target) {
    assertEquals(Optional.of(target), value(target));
  }

  @ParameterizedTest
  @CsvSource({
    "/a?x=\u00e9, /a?x=%E9",
    "/a?x=\u00c3\u00a9, /a?x=%C3%A9",
    "/a?\u00ff\u0080, /a?%FF%80",
    "'/a?x=\"<b>\"', /a?x=%22%3Cb%3E%22",
  })
  void whatABrowserWouldHaveEscapedInAQueryIsEscaped(String target, String expected) {
    assertEquals(Optional.of(expected), value(target));
    assertEquals(Optional.of(expected), value(expected));
  }

  /** The families of open redirects, to be written in many ways. */
  private static final List<String> FAMILIES =
      List.of(
          "https://evil.com/",
          "http:evil.com",
          "https:evil.com",
          "https:/evil.com",
          "https:///evil.com",
          "//evil.com",
          "///evil.com",
          "////evil.com",
          "//evil.com/%2f..",
          "//app.example.com@evil.com",
          "//[::1]/",
          "/\\evil.com",
          "\\/evil.com",
          "\\\\evil.com",
          "/\\/evil.com",
          "\\evil.com",
          "/\\\\evil.com",
          "/\t/evil.com",
          "\t//evil.com",
          "/\n/evil.com",
          "/\r/evil.com",
          "/ /evil.com",
          " //evil.com",
          " /a",
          "\u0000/a",
          "\u00a0//evil.com",
          "https://app.example.com@evil.com",
          "https://app.example.com:443@evil.com",
          "https://app.example.com\u0000.evil.com",
          "https://app.example.com.evil.com",
          "https://evilapp.example.com",
          "https://app.example.com/",
          "app.example.com/a",
          "evil.com",
          "@evil.com",
          ":80",
          ".evil.com",
          "-x",
          "javascript:alert(1)",
          "data:text/html,x",
          "vbscript:x",
          "\u0019Jav\tascript:alert(1)",
          "java\nscript:alert(1)",
          "/path/..//evil.com",
          "/.//evil.com",
          "/..//evil.com",
          "/a/../..//evil.com",
          "/./\\evil.com",
          "/..",
          "/.",
          "/a/;/../b",
          "/..;/b",
          "?",
          "?x",
          "#",
          "#x",
          "",
          " ",
          "*",
          "/a#",
          "/a#b",
          "/a?x#b",
          "/app#/route?x=1",
          "/#//evil.com",
          "/a\rSet-Cookie:x=1",
          "/a\r\nSet-Cookie:x=1",
          "/a?x\r\nSet-Cookie:x=1",
          "/a?x\nb",
          "/a?x y",
          "/a?x\u0000",
          "/a?x\u007f",
          "/\u010aSet-Cookie:x=1",
          "/\u560aSet-Cookie:x=1",
          "/a?\u010aSet-Cookie:x=1",
          "/a?\u560d\u560aSet-Cookie:x=1",
          "/\u2028/evil.com",
          "/\uff0fevil.com",
          "\u3002evil.com",
          "/gatekeeper",
          "/gatekeeper/",
          "/gatekeeper?x",
          "/gatekeeper/logout",
          "/gatekeeper/callback?code=x&state=y",
          "/gatekeeper/login?return=/gatekeeper/login",
          "/gatekeeper/login/x");

  /** Each in the spellings that still lead there, or could for somebody who decodes too much. */
  static Stream<String> redirects() {
    return FAMILIES.stream()
        .flatMap(
            payload ->
                Stream.of(
                    payload,
                    payload.replace("evil.com", "%65vil.com"),
                    payload.replace("evil.com", "EVIL.COM"),
                    payload.replace("\\", "%5C").replace("\t", "%09").replace("\n", "%0a"),
                    payload.replace("..", "%2e%2e").replace("/.", "/%2E"),
                    payload.replace("/\\", "/%5c").replace("\r", "%0D").replace("\u0000", "%00"),
                    " " + payload,
                    "\t" + payload,
                    payload + "\r\n",
                    payload + "#x",
                    payload + "\u0000"))
        .distinct()
        // Escaped in a query, they are data.
        .filter(payload -> !payload.startsWith("/a?x%"));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void whatIsNoPageOfThisSiteIsRefused(String payload) {
    assertEquals(Optional.empty(), value(payload));
  }

  @Test
  void thereAreManyPayloads() {
    assertTrue(redirects().count() > 400, () -> redirects().count() + " payloads");
  }

  @Test
  void missingTargetIsRefused() {
    assertEquals(Optional.empty(), value(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gatekeeper/logout",
        "/%67atekeeper/logout",
        "/gatekeeper%2Flogout",
        "/gatekeeper;x/logout",
        "/gatekeeper;/logout",
        "/gatekeeper%3B/logout",
        "/;/gatekeeper/logout",
        "/;x//gatekeeper",
        "/%2Fgatekeeper/logout",
        "/%2567atekeeper/logout",
        "/gatekeeper%252Flogout",
        "/gatekeeper//logout",
        "/;x%2F/gatekeeper",
        "/gatekeeper/anything/at/all",
      })
  void ownEndpointIsRefusedInEveryReading(String target) {
    assertEquals(Optional.empty(), value(target));
    assertEquals(Optional.empty(), value(target + "?x=1"));
  }

  @Test
  void ownEndpointsLieBelowTheContextPath() {
    assertTrue(ReturnTarget.of("/app/gatekeeper/login", "/app/gatekeeper").isEmpty());
    assertTrue(ReturnTarget.of("/app//gatekeeper/login", "/app/gatekeeper").isEmpty());
    assertTrue(ReturnTarget.of("/app;x/gatekeeper", "/app/gatekeeper").isEmpty());
    assertTrue(ReturnTarget.of("/app/x", "/app/gatekeeper").isPresent());
    assertTrue(ReturnTarget.of("/gatekeeper/login", "/app/gatekeeper").isPresent());
  }

  @Test
  void targetAtTheLimitIsTakenAndOneByteMoreIsNot() {
    String longest = "/a?" + "x".repeat(ReturnTarget.LIMIT - 3);
    assertEquals(Optional.of(longest), value(longest));
    assertEquals(Optional.empty(), value(longest + "x"));
    assertEquals(Optional.empty(), value("/a?" + "\u00e9".repeat(ReturnTarget.LIMIT / 3)));
    assertEquals(Optional.empty(), value("/" + "a".repeat(16 * 1024)));
  }

  /** What a payload may be made of, put together in every way. */
  static Stream<String> anything() {
    List<String> parts =
        List.of("/", "\\", "%2f", "%5c", "%09", "evil.com", "..", ";", "?", "@", ":", "#", "%252f");
    return parts.stream()
        .flatMap(a -> parts.stream().map(b -> a + b))
        .flatMap(ab -> parts.stream().map(c -> "/" + ab + c))
        .flatMap(abc -> Stream.of(abc, abc + "/evil.com"));
  }

  @Test
  void whateverIsTakenStaysOnOurHost() {
    Stream.of(redirects(), anything())
        .flatMap(payloads -> payloads)
        .forEach(
            payload ->
                ReturnTarget.of(payload, OWN).ifPresent(target -> staysOnOurHost(target.value())));
    assertTrue(anything().anyMatch(payload -> ReturnTarget.of(payload, OWN).isPresent()));
  }

  private static void staysOnOurHost(String value) {
    assertTrue(value.chars().allMatch(c -> c > ' ' && c < 0x7f), value);
    assertTrue(value.startsWith("/") && !value.startsWith("//"), value);
    assertFalse(RequestTarget.of(value).path().contains("\\"), value);
    // The JDK knows none of the characters that browsers are lenient about; they separate nothing.
    String known =
        value.replaceAll("[\\[\\]|^\\\\`{}]", "x").replaceAll("%(?![0-9a-fA-F]{2})", "x");
    URI uri = URI.create(ORIGIN + known);
    assertEquals("app.example.com", uri.getHost(), value);
    assertEquals("app.example.com", uri.getAuthority(), value);
    assertEquals("https", uri.getScheme(), value);
    // Resolved too, it stays where it is, as a browser would have it.
    assertEquals(uri.getHost(), URI.create(ORIGIN + "/x").resolve(known).getHost(), value);
    assertFalse((uri.getRawPath() + "/").toLowerCase(Locale.ROOT).contains("/../"), value);
  }

  @Test
  void queryStaysOutOfSight() {
    assertEquals("/a", ReturnTarget.of("/a?token=x", OWN).orElseThrow().toString());
  }

  private static Optional<String> place(String target) {
    return ReturnTarget.withFragment(target, OWN).map(ReturnTarget::value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a?b",
        "/a#",
        "/a#b",
        "/a?#b",
        "/a?x=1#b?c/d",
        "/#//evil.com",
        "/#/~{}|^[]!$&'()*+,;=:@-._%zz%00",
        "/a#b#c",
        "/a#@evil.com",
        "/a#/gatekeeper/logout",
      })
  void goodPlaceComesBackByteForByte(String target) {
    assertEquals(Optional.of(target), place(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a# ",
        "/a#b c",
        "/a#\t",
        "/a#b\r\nSet-Cookie:x=1",
        "/a#\u0000",
        "/a#\u007f",
        "/a#\u00e9",
        "/a#\u010aSet-Cookie:x=1",
        "/a#b\\c",
        "/a#\\",
        "/a#\"",
        "/a#<b",
        "/a#b>",
        "/a#`",
        "/a#b#\\",
      })
  void fragmentThatNoBrowserTellsIsRefused(String target) {
    assertEquals(Optional.empty(), place(target));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void fragmentMakesNoPageOfWhatIsNone(String payload) {
    if (value(payload.replaceFirst("(?s)#.*", "")).isEmpty()) {
      assertEquals(Optional.empty(), place(payload));
      assertEquals(Optional.empty(), place(payload + "#x"));
    }
  }

  @Test
  void whateverPlaceIsTakenStaysOnOurHost() {
    Stream.of(redirects(), anything())
        .flatMap(payloads -> payloads)
        .flatMap(payload -> Stream.of(payload, payload + "#", payload + "#//evil.com"))
        .forEach(
            payload ->
                ReturnTarget.withFragment(payload, OWN)
                    .ifPresent(target -> staysOnOurHost(target.value().replaceFirst("#.*", ""))));
  }

  @Test
  void pageAndFragmentTogetherMayBeAsLongAsTheLimit() {
    String longest = "/a#" + "x".repeat(ReturnTarget.LIMIT - 3);
    assertEquals(Optional.of(longest), place(longest));
    assertEquals(Optional.empty(), place(longest + "x"));
    // What is escaped in the query counts as it is sent.
    String query = "/a?" + "\u00e9".repeat(ReturnTarget.LIMIT / 3 - 1);
    assertTrue(place(query + "#").isPresent());
    assertEquals(Optional.empty(), place(query + "#1234"));
  }

  @Test
  void placeKnowsItsPageAndItsPath() {
    ReturnTarget place = ReturnTarget.withFragment("/a?b=c#d?e", OWN).orElseThrow();
    assertEquals("/a?b=c", place.page().value());
    assertEquals("/a", place.path());
    assertEquals("/a", place.toString());
    ReturnTarget bare = ReturnTarget.withFragment("/a#token?e", OWN).orElseThrow();
    assertEquals("/a", bare.page().value());
    assertEquals("/a", bare.toString());
    assertEquals(ReturnTarget.of("/a", OWN).orElseThrow(), bare.page());
  }
}
