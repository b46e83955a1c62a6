package io.gatekeeper.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Reading;
import io.gatekeeper.http.RequestPath;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  private static Reading reading(String path) {
    return RequestPath.parse(path).orElseThrow().readings().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/admin, /admin /%61dmin /%61%64min",
    "/admin/, /admin/",
    "/%61dmin, /admin",
    "/a%20b, /a%20b",
    "/caf%C3%A9, /caf%C3%A9 /caf%c3%a9",
    "/a/b/c, /a/b/c",
    "/*, /a /b.c /%2A /* /a%2Fb",
    "/%2A, /* /%2a",
    "/a/*/c, /a/b/c /a/x%20y/c",
    "/*/*, /a/b",
    "/**, / /a /a/ /a/b /a//b // /a/b/c/",
    "/admin/**, /admin /admin/ /admin/x /admin/x/ /admin/x/y /admin//",
    "/a/*/**, /a/b /a/b/ /a/b/c",
    "/a;v=1, /a;v=1",
    "/a%2Fb, /a%2fb",
    "/a%25b, /a%25b",
    "/.well-known/**, /.well-known/x",
  })
  void matches(String pattern, String paths) {
    PathPattern parsed = PathPattern.parse(pattern);
    for (String path : paths.split(" ", -1)) {
      assertTrue(parsed.matches(reading(path)), path);
      assertEquals(pattern, parsed.toString());
    }
    assertEquals(Optional.empty(), PathPattern.problem(pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /a // /a/",
    "/admin, / /admin/ /Admin /ADMIN /admins /admi /admin/x //admin /admin. /admin%20 /admin;x",
    "/admin/, /admin /admin/x /admin//",
    "/admin/**, / /admins /admins/x /ADMIN/x //admin/x /x/admin /admin;x/y /admi/n",
    "/*, / /a/ /a/b //",
    "/a/*, /a /a/ /a// /a/b/ /a/b/c /b/c",
    "/a/*/c, /a//c /a/c /a/b/d /a/b/c/ /a/b/b/c",
    "/a/*/**, /a /a/ /a// /a//b",
    "/%2A, /a",
    "/a%2Fb, /a/b",
    "/a%252Fb, /a%2Fb /a/b",
  })
  void doesNotMatch(String pattern, String paths) {
    PathPattern parsed = PathPattern.parse(pattern);
    Arrays.stream(paths.split(" ", -1))
        .forEach(path -> assertTrue(!parsed.matches(reading(path)), path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "admin",
        "*",
        "**",
        "admin/**",
        "http://h/",
        "^/public",
        "/a?x",
        "/a?",
        "/a#b",
        "/**/a",
        "/a/**/b",
        "/a/**/",
        "/a**",
        "/***",
        "/a*",
        "/*.js",
        "/a/b*/c",
        "/a/*b",
        "/./a",
        "/a/..",
        "/a/../b",
        "/%2e%2e/a",
        "/a//b",
        "//",
        "/a//",
        "//**",
        "/%",
        "/%zz",
        "/%ff",
        "/a\\b",
        "/a%5Cb",
        "/a%00",
        "/a b",
        "/café",
        "/{id}",
        "/%252e",
        "/..;/a"
      })
  void mistakeIsNamed(String pattern) {
    String expected = PathPattern.problem(pattern).orElseThrow();
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
    assertEquals(pattern + " (expected: " + expected + ")", refusal.getMessage());
  }
}
