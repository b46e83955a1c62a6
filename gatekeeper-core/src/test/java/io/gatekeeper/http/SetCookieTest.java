package io.gatekeeper.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
  private static final SetCookie COOKIE = SetCookie.of("__Host-gatekeeper", "a.b-c_d", "/", true);

  @Test
  void hostCookieIsWrittenAsItsPrefixDemands() {
    assertEquals(
        "__Host-gatekeeper=a.b-c_d; Path=/; Secure; HttpOnly; SameSite=Lax", COOKIE.header());
  }

  @Test
  void everyAttributeIsWritten() {
    assertEquals(
        "r=v; Path=/app/gatekeeper; Domain=example.com; Max-Age=43200; HttpOnly; SameSite=Lax",
        SetCookie.of("r", "v", "/app/gatekeeper", false)
            .withDomain("example.com")
            .withMaxAge(Duration.ofHours(12))
            .header());
  }

  @Test
  void clearedCookieKeepsItsAttributes() {
    assertEquals(
        "__Secure-g=; Path=/p; Domain=example.com; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
        SetCookie.of("__Secure-g", "secret", "/p", true)
            .withDomain("example.com")
            .cleared()
            .header());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a b", "a\"", "a,b", "a\\b", "a\r\nX: y", "\u00e9", "a\u0000"})
  void valueThatWouldEndEarlyIsRefusedAndNotShown(String value) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> SetCookie.of("name", "secret" + value, "/", true));
    assertFalse(refused.getMessage().contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "a\n", "\u00e9", "a,b", "a@b", "a/b"})
  void nameThatIsNoTokenIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of(name, "v", "/", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/;x", "/a b", "/\n"})
  void pathThatIsNoneIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("n", "v", path, true));
  }

  @Test
  void impossibleDomainAndAgeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> COOKIE.withDomain("a;b"));
    assertThrows(IllegalArgumentException.class, () -> COOKIE.withDomain(""));
    assertThrows(IllegalArgumentException.class, () -> COOKIE.withMaxAge(Duration.ofSeconds(-1)));
  }
}
