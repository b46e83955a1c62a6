package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves that a page of ours asks for a sign-out, and what a sign-out leaves behind. */
abstract class SignOutProofContract extends ContractBase {
  private static final String FROM_PROVIDER = SESSION + "-refresh";

  @Test
  void tokenOfAnotherSessionSignsNobodyOut() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    TestBrowser other = new TestBrowser();
    provider.signInAs("mallory", Map.of());
    signIn(other, guarded);

    Page page = withoutEvidence(browser, guarded, form(other, guarded));

    assertForged(page);
    assertSignedInAs("alice", browser, guarded);
    assertStatus(303, withoutEvidence(other, guarded, form(other, guarded)));
  }

  @Test
  void tokenOfAnEarlierSessionOfTheSameUserSignsNobodyOut() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    Map<String, String> form = form(browser, guarded);
    browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/");

    assertForged(withoutEvidence(browser, guarded, form));

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void tokenCountsForAnHour() throws Exception {
    Guarded guarded = guard();
    TestBrowser late = new TestBrowser();
    signIn(browser, guarded);
    signIn(late, guarded);
    Map<String, String> form = form(browser, guarded);
    Map<String, String> lateForm = form(late, guarded);

    Assumptions.assumeTrue(guarded.advance(Duration.ofMinutes(59)));
    assertStatus(303, withoutEvidence(browser, guarded, form));
    guarded.advance(Duration.ofMinutes(1));
    assertForged(withoutEvidence(late, guarded, lateForm));

    assertSignedInAs("alice", late, guarded);
  }

  @Test
  void tokenWithoutItsSessionProvesNothing() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    Map<String, String> form = form(browser, guarded);

    assertForged(withoutEvidence(new TestBrowser(), guarded, form));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", "Same-Origin", ""})
  void originOfOursDoesNotHelpWhereTheBrowserKnowsBetter(String fetchSite) throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser
            .request("POST", guarded.base() + "/gatekeeper/logout")
            .header("Accept", "text/html")
            .header("Origin", guarded.base())
            .header("Sec-Fetch-Site", fetchSite)
            .form(Map.of())
            .send();

    assertForged(page);
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void evidenceThatContradictsItselfIsNone() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String url = guarded.base() + "/gatekeeper/logout";

    assertForged(
        browser
            .request("POST", url)
            .header("Sec-Fetch-Site", "same-origin")
            .line("Sec-Fetch-Site: cross-site")
            .send());
    assertForged(
        browser
            .request("POST", url)
            .header("Origin", guarded.base())
            .line("Origin: https://evil.example")
            .send());

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void originOfOursIsEnoughForABrowserThatSendsNoFetchMetadata() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser
            .request("POST", guarded.base() + "/gatekeeper/logout")
            .header("Accept", "text/html")
            .header("Origin", guarded.base())
            .form(Map.of())
            .send();

    assertStatus(303, page);
    assertSignedOut(browser, guarded);
  }

  @Test
  void loginBegunBeforeTheSignOutIsNotCompletedAfterIt() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    Page answered =
        beforeCallback(browser, guarded.base() + "/gatekeeper/login?return=" + encode("/page"));
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());
    assertEquals(List.of(), browser.cookieNames(LOGIN));
    int exchanges = provider.tokenRequests();

    Page page = browser.open(answered.location());

    assertTrue(page.location().startsWith(provider.url(Endpoint.AUTHORIZATION)), page::toString);
    assertEquals(exchanges, provider.tokenRequests());
    assertNull(browser.cookie(SESSION));
    assertSignedOut(browser, guarded);
  }

  @Test
  void idTokenOfAnotherSessionIsNoHint() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    signIn(browser, guarded);
    provider.signInAs("mallory", Map.of());
    signIn(other, guarded);
    String planted = other.cookie(FROM_PROVIDER);
    browser.forget(FROM_PROVIDER);
    browser.plant(
        guarded.base() + "/gatekeeper/logout",
        FROM_PROVIDER + "=" + planted + "; Path=/gatekeeper");

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertStatus(303, page);
    assertTrue(page.location().startsWith(provider.url(Endpoint.END_SESSION)), page::toString);
    assertFalse(page.location().contains("id_token_hint"), page::toString);
  }

  @Test
  void ofSeveralIdTokensTheSessionsOwnIsTheHint() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    signIn(browser, guarded);
    String idToken = provider.lastIdToken();
    provider.signInAs("mallory", Map.of());
    signIn(other, guarded);
    browser.plant(
        guarded.base() + "/gatekeeper/logout",
        FROM_PROVIDER + "=" + other.cookie(FROM_PROVIDER) + "; Path=/gatekeeper/logout");

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).follow();

    assertEquals(idToken, provider.lastEndSessionRequest().parameter("id_token_hint"));
  }

  private static Map<String, String> form(TestBrowser who, Guarded guarded) {
    Map<String, String> form =
        SignOutContract.inputs(who.open(guarded.base() + "/gatekeeper/logout").body());
    assertFalse(form.getOrDefault("token", "").isEmpty(), form::toString);
    return form;
  }

  /** Sends the form as a browser does that says nothing of where it comes from. */
  private static Page withoutEvidence(TestBrowser who, Guarded guarded, Map<String, String> form) {
    return who.request("POST", guarded.base() + "/gatekeeper/logout")
        .header("Accept", "text/html")
        .form(form)
        .send();
  }

  private static void assertForged(Page page) {
    assertStatus(403, page);
    assertEquals(List.of(), page.headers("Set-Cookie"));
  }
}
