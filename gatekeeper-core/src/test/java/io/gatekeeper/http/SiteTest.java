package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
  private static final Site SITE =
      Site.of(URI.create("https://app.example.com/app"), "/gatekeeper");

  @ParameterizedTest
  @CsvSource({
    "/app#x, /app#x",
    "/app/a?b#c, /app/a?b#c",
    "/app/a, /app/a",
    "/app/a#b\\c, /app/a",
    "/app/a#b c, /app/a",
    "/apple#x, /app/",
    "/#/app/, /app/",
    "#/app/, /app/",
    "//evil.com#x, /app/",
    "/app/gatekeeper/logout#x, /app/",
  })
  void placeIsThatPlaceOrItsPageOrHome(String target, String expected) {
    assertEquals(expected, SITE.place(target).value());
  }

  @Test
  void noPlaceIsHome() {
    assertEquals(SITE.home(), SITE.place(null));
  }

  @Test
  void pageOfARequestHasNoFragment() {
    assertEquals(SITE.home(), SITE.target("/app/a#b"));
  }
}
