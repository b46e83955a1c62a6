package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told when a sign-in can't come to its end: the cause, and what to do. */
abstract class TroubleContract extends ContractBase {
  /** Browsers give up after so many. */
  private static final int REDIRECTS = 20;

  @ParameterizedTest
  @CsvSource({
    "access_denied, 403, provider-denied",
    "login_required, 403, provider-interaction",
    "interaction_required, 403, provider-interaction",
    "consent_required, 403, provider-interaction",
    "account_selection_required, 403, provider-interaction",
    "temporarily_unavailable, 503, provider-busy",
    "server_error, 503, provider-busy",
    "invalid_scope, 403, request-refused",
    "unauthorized_client, 403, request-refused",
    "invalid_request, 403, request-refused",
    "unsupported_response_type, 403, request-refused",
    "request_not_supported, 403, request-refused",
  })
  void refusalOfTheProviderIsExplainedByItsCode(String error, int status, String code)
      throws Exception {
    Guarded guarded = guard();
    provider.denyLogins(error, "Call 555-0100 and tell your password");

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTells(page, status, code);
    assertTrue(page.body().contains("<code>" + error + "</code>"), page::toString);
    assertFalse(page.body().contains("555-0100"), "the provider's own text");
    assertEquals(status == 503, page.header("Retry-After") != null, page::toString);
    boolean settings = code.equals("request-refused");
    assertEquals(settings, page.body().contains(guarded.base() + "/gatekeeper/callback"));
    assertSignedOut(browser, guarded);
    assertEquals(0, provider.tokenRequests());
    provider.behave();
    signIn(browser, guarded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_such_error", "<b>bold</b>", "ACCESS_DENIED", "access_denied "})
  void errorThatNoSpecificationKnowsIsNotRepeated(String error) throws Exception {
    Guarded guarded = guard();
    provider.denyLogins(error, "Call 555-0100");

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTells(page, 400, "provider-error");
    assertFalse(page.body().contains(error.strip()), page::toString);
    assertFalse(page.body().contains("555-0100"), page::toString);
  }

  @Test
  void programIsToldTheSameInAProblemDocument() throws Exception {
    Guarded guarded = guard();
    provider.denyLogins("invalid_scope", "Call 555-0100");
    String callback = beforeCallback(browser, guarded.base() + "/page").location();

    Page page = browser.fetch(callback);

    assertStatus(403, page);
    assertEquals("application/problem+json", page.header("Content-Type"));
    JsonNode problem = new ObjectMapper().readTree(page.body());
    assertEquals("request-refused", problem.get("code").asText());
    assertTrue(problem.get("detail").asText().contains("invalid_scope"), page::toString);
    assertTrue(problem.get("detail").asText().contains("scopes"), page::toString);
    assertFalse(page.body().contains("555-0100"), page::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "PT7M, about 7 minutes behind",
    "PT3H, about 3 hours behind",
    "PT-20M, about 20 minutes ahead of",
    "PT-72H, about 3 days ahead of",
  })
  void wrongClockIsToldWithItsDifference(Duration provided, String difference) throws Exception {
    Guarded guarded = guard();
    provider.advance(provided);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    String code = provided.isNegative() ? "id-token-expired" : "id-token-issued-at";
    assertTells(page, 403, code);
    assertTrue(
        page.body().contains("This server&#39;s clock is " + difference + " the provider&#39;s."),
        page::toString);
    assertTrue(page.body().contains("clock-skew"), page::toString);
    assertSignedOut(browser, guarded);
    provider.advance(provided.negated());
    signIn(browser, guarded);
  }

  @Test
  void clockThatIsRightIsNotBlamed() throws Exception {
    Guarded guarded = guard();
    provider.withClaim("exp", 1_000_000);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTells(page, 403, "id-token-expired");
    assertFalse(page.body().contains("server&#39;s clock"), page::toString);
  }

  @Test
  void oldTokenOfAnotherLoginShowsNoClock() throws Exception {
    Guarded guarded = guard();
    provider.advance(Duration.ofDays(-2));
    browser.openAndFollow(guarded.base() + "/page");
    String old = provider.lastIdToken();
    provider.advance(Duration.ofDays(2));
    provider.withIdTokenText(text -> old);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTells(page, 403, "id-token-nonce");
    assertFalse(page.body().contains("server&#39;s clock"), page::toString);
  }

  @Test
  void browserThatKeepsNoCookiesIsToldSo() throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/page");
    for (int steps = 0; page.redirects() && steps < REDIRECTS; steps++) {
      browser.forgetAll();
      page = page.follow();
    }

    assertTells(page, 400, "cookies-refused");
    assertTrue(page.body().contains("external-url"), page::toString);
    assertTrue(page.body().contains(guarded.base()), page::toString);
    assertEquals(0, provider.tokenRequests());
    signIn(new TestBrowser(), guarded);
  }

  @Test
  void browserWithACookieOfAnotherIsNotToldThatItKeepsNone() throws Exception {
    Guarded guarded = guard();
    Page page = browser.open(guarded.base() + "/page");
    for (int steps = 0; page.redirects() && steps < REDIRECTS; steps++) {
      String secret = "%043d".formatted(steps);
      browser.forgetAll().plant(guarded.base(), LOGIN + "others=" + secret + "; Path=/");
      page = page.follow();
    }

    assertTells(page, 400, "state-foreign");
    assertEquals(0, provider.tokenRequests());
  }

  @Test
  void sessionThatIsNotKeptEndsOnAPageInsteadOfALoop() throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/page");
    for (int steps = 0; page.redirects() && steps < REDIRECTS; steps++) {
      browser.forget(SESSION);
      page = page.follow();
    }

    assertTells(page, 403, "session-not-kept");
    assertTrue(page.body().contains(guarded.base()), page::toString);
    assertTrue(provider.tokenRequests() <= 3, "logins: " + provider.tokenRequests());
    signIn(browser, guarded);
  }

  @Test
  void sessionThatIsSpoiledOnItsWayEndsOnAPageThatSaysSo() throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/page");
    for (int steps = 0; page.redirects() && steps < REDIRECTS; steps++) {
      browser.plant(guarded.base(), SESSION + "=another-applications; Path=/");
      page = page.follow();
    }

    assertTells(page, 403, "session-not-taken");
    assertTrue(page.body().contains("none that this server makes"), page::toString);
    browser.forget(SESSION);
    signIn(browser, guarded);
  }

  @Test
  void checkThatIsShownNoCookiesEndsOnAPageThatSaysSo() throws Exception {
    Guarded guarded = guard();

    Page page;
    int logins = 0;
    do {
      assertTrue(++logins < REDIRECTS / 3, "a redirect loop");
      page = browser.request("GET", guarded.base() + "/page").navigating().cookies("").send();
      page = page.followHere().follow().follow();
    } while (page.redirects());

    assertTells(page, 403, "session-not-taken");
    assertTrue(page.body().contains("not with the pages"), page::toString);
  }

  @Test
  void gatewayThatCallsTheSiteByAnotherNameEndsOnAPageInsteadOfALoop() throws Exception {
    Guarded guarded = guard();
    String next = guarded.base() + "/page?x=1";

    Page page;
    int steps = 0;
    do {
      assertTrue(++steps < REDIRECTS, "a redirect loop");
      page = browser.request("GET", next).navigating().header("Host", "inside.example").send();
      next = page.location();
    } while (page.redirects());

    assertStatus(400, page);
    assertTrue(page.body().contains("host-unknown"), page::toString);
    assertTrue(page.body().contains("external-url"), page::toString);
    assertTrue(page.body().contains(guarded.base()), page::toString);
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page?x=1")));
  }

  @Test
  void whoComesByAnotherHostEachTimeIsSentToTheRightOneEachTime() throws Exception {
    Guarded guarded = guard();

    for (int i = 0; i < 12; i++) {
      Page page =
          new TestBrowser()
              .request("GET", guarded.base() + "/page?x=1")
              .navigating()
              .header("Host", "www.example")
              .send();
      assertEquals(guarded.base() + "/page?x=1", page.location(), page::toString);
    }
  }

  @Test
  void tryingAgainAfterALoopCountsAnew() throws Exception {
    Guarded guarded = guard();

    for (int i = 0; i < 2; i++) {
      Page page = browser.open(guarded.base() + "/page");
      int logins = provider.tokenRequests();
      for (int steps = 0; page.redirects() && steps < REDIRECTS; steps++) {
        browser.forget(SESSION);
        page = page.follow();
      }
      assertTells(page, 403, "session-not-kept");
      assertEquals(logins + 3, provider.tokenRequests());
    }
  }

  @Test
  void loginsAMinuteApartAreNoLoop() throws Exception {
    Guarded guarded = guard();

    for (int i = 0; i < 5; i++) {
      signIn(browser, guarded);
      browser.forget(SESSION);
      assumeTrue(guarded.advance(Duration.ofMinutes(1)));
      provider.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void whoSignsInOnPurposeOrSignsOutInBetweenIsInNoLoop() throws Exception {
    Guarded guarded = guard();

    for (int i = 0; i < 5; i++) {
      Page page = browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/page");
      assertTrue(Echo.isApplication(page), page::toString);
    }
    for (int i = 0; i < 5; i++) {
      browser.post(guarded.base() + "/gatekeeper/logout", Map.of());
      assertNull(browser.cookie(SESSION));
      signIn(browser, guarded);
    }
  }

  @Test
  void manyTabsOfABrowserThatWasHereBeforeAreNoLoop() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    browser.forget(SESSION);
    List<Page> begun = Tabs.together(12, tab -> browser.open(guarded.base() + "/tab/" + tab));

    for (Page tab : begun) {
      Page page = tab.followAll();
      assertTrue(Echo.isApplication(page), page::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cookies-refused",
        "session-not-kept",
        "session-not-taken",
        "host-unknown",
        "id-token-issued-at",
        "provider-denied",
        "request-refused",
        "provider-busy",
      })
  void pageIsThereForItsCodeAlone(String code) throws Exception {
    Guarded guarded = guard();

    Page page = browser.open(guarded.base() + "/gatekeeper/error?code=" + code + "&return=/page");

    assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
    assertTells(page, page.status(), code);
    assertFalse(page.body().contains("server&#39;s clock"), page::toString);
    assertTrue(page.body().contains(guarded.base() + "/page"), "the way back");
  }

  private static void assertTells(Page page, int status, String code) {
    assertStatus(status, page);
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
    assertTrue(page.body().contains("<code>" + code + "</code>"), page::toString);
  }
}
