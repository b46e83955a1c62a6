package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has ended stays so: for copies of the cookie, and for a provider that signs in unasked. */
abstract class RevocationContract extends ContractBase {
  @Test
  void copyOfTheCookieIsDeadAfterTheSignOut() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    TestBrowser thief = browser.copy();
    assertSignedInAs("alice", thief, guarded);

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertSignedOut(thief, guarded);
    assertStatus(401, thief.fetch(guarded.base() + "/gatekeeper/session"));
    Page page = thief.open(guarded.base() + "/page").followHere();
    assertTrue(page.location().startsWith(provider.url(Endpoint.AUTHORIZATION)), page::toString);
  }

  @Test
  void signOutLeavesTheUsersOtherSessionsAlone() throws Exception {
    Guarded guarded = guard();
    TestBrowser elsewhere = new TestBrowser();
    signIn(browser, guarded);
    signIn(elsewhere, guarded);

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertSignedOut(browser, guarded);
    assertSignedInAs("alice", elsewhere, guarded);
  }

  @Test
  void signOutWithTwoSessionsInOneBrowserEndsBoth() throws Exception {
    Guarded guarded = guard();
    TestBrowser elsewhere = new TestBrowser();
    signIn(browser, guarded);
    signIn(elsewhere, guarded);
    TestBrowser copy = browser.copy();
    String both =
        SESSION + "=" + browser.cookie(SESSION) + "; " + SESSION + "=" + elsewhere.cookie(SESSION);

    Page page =
        new TestBrowser()
            .request("POST", guarded.base() + "/gatekeeper/logout")
            .cookies(both)
            .header("Origin", guarded.base())
            .form(Map.of())
            .send();

    assertStatus(303, page);
    assertSignedOut(copy, guarded);
    assertSignedOut(elsewhere, guarded);
  }

  @Test
  void signOutThatWasRefusedEndsNothing() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    Page page =
        browser.post(guarded.base() + "/gatekeeper/logout", Map.of(), "https://evil.example");

    assertStatus(403, page);
    assertSignedInAs("alice", browser.copy(), guarded);
  }

  @Test
  void whoeverSignsInAgainIsNotStruckByTheSignOutBefore() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    signIn(browser, guarded);

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void loginOfAnotherUserEndsTheSessionThatItReplaces() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    TestBrowser copy = browser.copy();
    provider.signInAs("bob", Map.of());

    browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/");

    assertSignedInAs("bob", browser, guarded);
    assertSignedOut(copy, guarded);
  }

  @Test
  void loginOfTheSameUserLeavesTheEarlierSessionAlone() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    TestBrowser program = browser.copy();

    browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/");

    assertSignedInAs("alice", browser, guarded);
    assertSignedInAs("alice", program, guarded);
  }

  @Test
  void callbackOfAnEndedSessionDoesNotBringItBack() throws Exception {
    Guarded guarded = guard();
    Page answered = beforeCallback(browser, guarded.base() + "/page");
    answered.follow();
    TestBrowser copy = browser.copy();
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    copy.open(answered.location());

    assertSignedOut(copy, guarded);
  }

  /** The provider of these tests has its user signed in all the time, and asks for nothing. */
  @Test
  void nobodyIsSignedInAgainByThePageAfterTheSignOut() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    int logins = provider.requests(Endpoint.AUTHORIZATION).size();

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).followAll();

    assertStatus(200, page);
    assertTrue(page.body().contains("You are signed out"), page::toString);
    assertEquals(logins, provider.requests(Endpoint.AUTHORIZATION).size());
    assertNull(browser.cookie(SESSION));
    assertStatus(200, browser.open(page.url()));
    assertSignedOut(browser, guarded);
    assertEquals(logins, provider.requests(Endpoint.AUTHORIZATION).size());
  }

  @Test
  void nobodyIsSignedInAgainWhereTheProviderKnowsNoSignOut() throws Exception {
    provider.withoutMetadata("end_session_endpoint");
    Guarded guarded = guard();
    signIn(browser, guarded);
    int logins = provider.requests(Endpoint.AUTHORIZATION).size();

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).followAll();

    assertStatus(200, page);
    assertTrue(page.body().contains("You are signed out"), page::toString);
    assertTrue(page.body().contains("provider"), "says that the provider may sign in unasked");
    assertEquals(logins, provider.requests(Endpoint.AUTHORIZATION).size());
    assertSignedOut(browser, guarded);
  }
}
