package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {
  private static final Site HTTPS = Site.of(URI.create("https://app.example.com"), "/gatekeeper");
  private static final Site HTTP = Site.of(URI.create("http://localhost:8080"), "/gatekeeper");
  private final SessionTokens tokens =
      new JwtSessionTokens(
          SessionKeys.of(List.of("a secret that is long enough for a MAC")),
          HTTPS.url(),
          "client",
          Duration.ofHours(12),
          Clock.systemUTC());
  private final SessionCookies cookies =
      new SessionCookies(new CookieNames("gatekeeper", HTTPS, null), tokens);

  @Test
  void theCookieHasTheStrictestAttributesThatBrowsersKnow() {
    String cookie = cookies.set("TOKEN", Duration.ofHours(1)).header();
    assertEquals(
        "__Host-gatekeeper=TOKEN; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax", cookie);
  }

  @Test
  void itIsClearedWithTheAttributesItWasSetWith() {
    SessionCookies shared =
        new SessionCookies(new CookieNames("gatekeeper", HTTPS, "example.com"), tokens);
    String set = shared.set("TOKEN", Duration.ofHours(1)).header();
    String cleared = shared.clear().header();
    assertTrue(set.startsWith("__Secure-gatekeeper=TOKEN;"), set);
    assertEquals(set.replace("=TOKEN", "=").replace("Max-Age=3600", "Max-Age=0"), cleared);
  }

  @Test
  void withoutTlsTheNameHasNoPrefix() {
    CookieNames names = new CookieNames("gatekeeper", HTTP, null);
    assertEquals("gatekeeper", names.session());
    assertEquals("gatekeeper-login-", names.login());
    assertFalse(
        new SessionCookies(names, tokens).set("T", Duration.ZERO).header().contains("Secure"));
  }

  @Test
  void overTlsTheUnprefixedNameIsNeverRead() {
    assertEquals(Rejection.SESSION_MISSING, refused("gatekeeper=" + token("one")));
    assertEquals(Rejection.SESSION_MISSING, refused("__Secure-gatekeeper=" + token("one")));
    assertEquals("one", valid("__Host-gatekeeper=" + token("one")));
  }

  @Test
  void ofSeveralCookiesTheValidOneCounts() {
    String good = "__Host-gatekeeper=" + token("one");
    assertEquals("one", valid("__Host-gatekeeper=nonsense; " + good));
    assertEquals("one", valid(good + "; __Host-gatekeeper=nonsense"));
    assertEquals("one", valid(good + "; " + good));
  }

  @Test
  void twoDifferentSessionsCountAsNone() {
    String both =
        "__Host-gatekeeper=%s; __Host-gatekeeper=%s".formatted(token("one"), token("two"));
    assertEquals(Rejection.SESSION_AMBIGUOUS, refused(both));
  }

  @Test
  void noneOfOurCookiesIsMissedAndNobodyElsesIsTaken() {
    CookieNames names = new CookieNames("gatekeeper", HTTPS, null);
    for (String ours :
        List.of(
            "gatekeeper",
            "__Host-gatekeeper",
            "__Secure-gatekeeper",
            "__Host-gatekeeper-login-AbC-_9",
            "gatekeeper-login-",
            "__Host-gatekeeper-target-1",
            "__Secure-gatekeeper-refresh")) {
      assertTrue(names.isOurs(ours), ours);
    }
    for (String theirs :
        List.of("gatekeeper2", "gatekeeper-two", "Gatekeeper", "xgatekeeper", "__Host-other", "")) {
      assertFalse(names.isOurs(theirs), theirs);
    }
  }

  @Test
  void aTokenThatBrowsersWouldDropDoesNotFit() {
    assertTrue(cookies.fits("x".repeat(SessionCookies.LARGEST - "__Host-gatekeeper".length())));
    assertFalse(
        cookies.fits("x".repeat(SessionCookies.LARGEST + 1 - "__Host-gatekeeper".length())));
  }

  private String token(String id) {
    return tokens.issue(new NewSession(id, Identity.of("anna"), "login", null, null));
  }

  private String valid(String header) {
    return assertInstanceOf(Verification.Valid.class, cookies.find(Cookies.parse(List.of(header))))
        .session()
        .id();
  }

  private Rejection refused(String header) {
    return assertInstanceOf(
            Verification.Refused.class, cookies.find(Cookies.parse(List.of(header))))
        .reason();
  }
}
