package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {
  private static final Site HTTPS = Site.of(URI.create("https://app.example.com"), "/gatekeeper");
  private static final Site HTTP = Site.of(URI.create("http://localhost:8080"), "/gatekeeper");
  private static final String SECRET = "a secret that is long enough for a MAC";
  private final SessionTokens tokens =
      new JwtSessionTokens(
          SessionKeys.of(List.of(SECRET)),
          HTTPS.url(),
          "client",
          new SessionTerms(Duration.ofHours(12)),
          Clock.systemUTC());
  private final SessionCookies cookies =
      new SessionCookies(new CookieNames("gatekeeper", HTTPS, null), tokens);

  @Test
  void theCookieHasTheStrictestAttributesThatBrowsersKnow() {
    String cookie = cookies.set("TOKEN", Duration.ofHours(1)).get(0).header();
    assertEquals(
        "__Host-gatekeeper=TOKEN; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax", cookie);
  }

  @Test
  void bothPartsAreClearedWithTheAttributesTheyWereSetWith() {
    for (String domain : new String[] {null, "example.com"}) {
      SessionCookies shared =
          new SessionCookies(new CookieNames("gatekeeper", HTTPS, domain), tokens);
      List<String> cleared = shared.clearAll().stream().map(SetCookie::header).toList();
      for (SetCookie set : shared.set("x".repeat(5000), Duration.ofHours(1))) {
        assertFalse(set.value().isEmpty());
        assertTrue(
            cleared.contains(
                set.header().replace("=" + set.value(), "=").replace("Max-Age=3600", "Max-Age=0")),
            cleared::toString);
      }
    }
  }

  @Test
  void cookiesFromBeforeADomainWasConfiguredAreClearedToo() {
    SessionCookies shared =
        new SessionCookies(new CookieNames("gatekeeper", HTTPS, "example.com"), tokens);
    assertEquals(
        List.of("example.com", "null", "example.com", "null"),
        shared.clearAll().stream().map(cookie -> String.valueOf(cookie.domain())).toList());
  }

  @Test
  void withoutTlsTheNameHasNoPrefix() {
    CookieNames names = new CookieNames("gatekeeper", HTTP, null);
    assertEquals("gatekeeper", names.session());
    assertEquals("gatekeeper-login-", names.login());
    assertEquals("gatekeeper-part2", names.secondPart());
    for (SetCookie cookie : new SessionCookies(names, tokens).set("T", Duration.ZERO)) {
      assertFalse(cookie.header().contains("Secure"));
    }
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
  void moreCookiesOfTheNameThanABrowserHasCountAsNone() {
    String good = "__Host-gatekeeper=" + token("one");
    assertEquals("one", valid(good + "; __Host-gatekeeper=x".repeat(7)));
    assertEquals(Rejection.SESSION_AMBIGUOUS, refused(good + "; __Host-gatekeeper=x".repeat(8)));
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
            "gatekeeper-part2",
            "__Host-gatekeeper-part2",
            "__Secure-gatekeeper-part2",
            "__Secure-gatekeeper-refresh")) {
      assertTrue(names.isOurs(ours), ours);
    }
    for (String theirs :
        List.of(
            "gatekeeper2",
            "gatekeeper-two",
            "gatekeeper-part2x",
            "gatekeeper-part22",
            "gatekeeper-xpart2",
            "xgatekeeper-part2",
            "Gatekeeper",
            "xgatekeeper",
            "__Host-other",
            "")) {
      assertFalse(names.isOurs(theirs), theirs);
    }
  }

  @Test
  void aTokenThatFillsOneCookieIsNotCutAndClearsTheSecondPart() {
    int room = SessionCookies.LARGEST - "__Host-gatekeeper".length();
    String token = "x".repeat(room);
    List<SetCookie> whole = cookies.set(token, Duration.ofHours(1));
    assertEquals(token, whole.get(0).value());
    assertEquals(
        "__Host-gatekeeper-part2=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
        whole.get(1).header());

    List<SetCookie> cut = cookies.set(token + "y", Duration.ofHours(1));
    assertEquals(token, cut.get(0).value());
    assertEquals(
        "__Host-gatekeeper-part2=y; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax",
        cut.get(1).header());
  }

  @Test
  void noPartIsLargerThanBrowsersKeepAndWhatNeedsAThirdDoesNotFit() {
    int most =
        2 * SessionCookies.LARGEST
            - "__Host-gatekeeper".length()
            - "__Host-gatekeeper-part2".length();
    assertTrue(cookies.fits("x".repeat(most)));
    assertFalse(cookies.fits("x".repeat(most + 1)));
    for (SetCookie part : cookies.set("x".repeat(most), Duration.ofHours(1))) {
      assertEquals(SessionCookies.LARGEST, part.name().length() + part.value().length());
    }
  }

  @Test
  void twoPartsAreJoinedInWhateverOrderTheyCome() {
    List<String> parts = parts("one", 200);
    assertEquals("one", valid(parts.get(0) + "; " + parts.get(1)));
    assertEquals("one", valid(parts.get(1) + "; other=1; " + parts.get(0)));
  }

  @Test
  void aTokenOfAnyLengthComesBackFromItsParts() {
    String filler = "x".repeat(2400);
    for (int more = 0; more < 140; more++) {
      String token = token("one", List.of(filler + "y".repeat(more)));
      String header =
          cookies.set(token, Duration.ofHours(1)).stream()
              .map(cookie -> cookie.name() + "=" + cookie.value())
              .collect(Collectors.joining("; "));
      assertEquals("one", valid(header), () -> "length " + token.length());
    }
  }

  @Test
  void aPartAloneIsNoSession() {
    List<String> parts = parts("one", 200);
    assertEquals(Rejection.SESSION_SIGNATURE, refused(parts.get(0)));
    assertEquals(Rejection.SESSION_MISSING, refused(parts.get(1)));
    assertEquals(Rejection.SESSION_MISSING, refused("__Host-gatekeeper-part2=" + token("one")));
  }

  @Test
  void partsOfTwoSessionsNeverMakeOne() {
    List<String> one = parts("one", 200);
    List<String> two = parts("two", 200);
    assertEquals(Rejection.SESSION_SIGNATURE, refused(one.get(0) + "; " + two.get(1)));
    assertEquals(Rejection.SESSION_SIGNATURE, refused(two.get(0) + "; " + one.get(1)));
  }

  @Test
  void ofSeveralPartsTheOnesThatFitCount() {
    List<String> one = parts("one", 200);
    List<String> two = parts("two", 201);
    String stray = "__Host-gatekeeper-part2=x";
    assertEquals("one", valid(String.join("; ", one.get(0), stray, one.get(1))));
    assertEquals("one", valid(String.join("; ", one.get(0), two.get(1), one.get(1))));
    assertEquals("one", valid(String.join("; ", two.get(0), one.get(0), one.get(1))));
    assertEquals(
        Rejection.SESSION_AMBIGUOUS,
        refused(String.join("; ", one.get(0), one.get(1), two.get(0), two.get(1))));
  }

  @Test
  void whatIsLeftOfALargerSessionChangesNothing() {
    List<String> large = parts("large", 200);
    String small = "__Host-gatekeeper=" + token("small");
    assertEquals("small", valid(small + "; " + large.get(1)));
    assertEquals("small", valid(large.get(0) + "; " + small));
    assertEquals(
        Rejection.SESSION_AMBIGUOUS, refused(String.join("; ", small, large.get(0), large.get(1))));
  }

  @Test
  void soManyPartsAreNotTriedInEveryPair() {
    List<String> one = parts("one", 200);
    String strays = "; __Host-gatekeeper-part2=x".repeat(7);
    assertEquals("one", valid(one.get(0) + "; " + one.get(1) + strays));
    assertEquals(
        Rejection.SESSION_AMBIGUOUS,
        refused(one.get(0) + "; " + one.get(1) + strays + "; __Host-gatekeeper-part2=x"));
    String small = "__Host-gatekeeper=" + token("small");
    assertEquals("small", valid(small + strays.repeat(2)));
  }

  @Test
  void aSessionThatIsOverSaysSoInOneCookieAndInTwo() {
    SessionTokens later =
        new JwtSessionTokens(
            SessionKeys.of(List.of(SECRET)),
            HTTPS.url(),
            "client",
            new SessionTerms(Duration.ofHours(12)),
            Clock.offset(Clock.systemUTC(), Duration.ofHours(13)));
    SessionCookies afterwards =
        new SessionCookies(new CookieNames("gatekeeper", HTTPS, null), later);
    String small = "__Host-gatekeeper=" + token("small");
    List<String> large = parts("large", 200);
    for (String header :
        List.of(small, small + "; " + large.get(1), large.get(0) + "; " + large.get(1))) {
      assertEquals(
          new Verification.Refused(Rejection.SESSION_EXPIRED),
          afterwards.find(Cookies.parse(List.of(header))));
    }
  }

  @Test
  void theCookieOfAnOrdinaryUserStaysUnder800Bytes() {
    SessionTokens usual =
        new JwtSessionTokens(
            SessionKeys.of(List.of(SECRET)),
            "https://kubeflow.example.com",
            "kubeflow-oidc-gatekeeper",
            new SessionTerms(Duration.ofHours(12)),
            Clock.systemUTC());
    List<String> groups = List.of("staff", "data-science", "notebooks", "team-blue", "oncall");
    Identity anna =
        new Identity(
            "CiQwOGE4Njg0Yi1kYjg4LTRiNzMtOTBhOS0zY2QxNjYxZjU0NjYSBWxvY2Fs",
            "https://kubeflow.example.com/dex",
            "CiQwOGE4Njg0Yi1kYjg4LTRiNzMtOTBhOS0zY2QxNjYxZjU0NjYSBWxvY2Fs",
            "Anna Katharina Example",
            "anna.example@example.com",
            true,
            null,
            groups,
            groups);
    String random = "A".repeat(22);
    String token = usual.issue(new NewSession(random, anna, random, null, null));
    SetCookie cookie = cookies.set(token, Duration.ofHours(12)).get(0);
    int bytes = cookie.name().length() + cookie.value().length();
    assertTrue(bytes < 800, () -> bytes + " bytes");
  }

  private List<String> parts(String id, int groups) {
    String token = token(id, Collections.nCopies(groups, "a-group-of-some-length"));
    assertTrue(cookies.fits(token));
    List<String> parts =
        cookies.set(token, Duration.ofHours(1)).stream()
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .toList();
    assertTrue(parts.get(1).length() > 1000, parts.get(1));
    return parts;
  }

  private String token(String id, List<String> groups) {
    Identity identity =
        new Identity(
            "anna", "https://issuer.invalid", "anna", null, null, false, null, groups, groups);
    return tokens.issue(new NewSession(id, identity, "login", null, null));
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
