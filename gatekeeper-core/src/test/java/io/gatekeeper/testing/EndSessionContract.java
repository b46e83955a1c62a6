package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sign-out tells the provider (OpenID Connect RP-Initiated Logout 1.0, section 2). */
abstract class EndSessionContract extends ContractBase {
  private static final int LONGEST = 4_000;

  @Test
  void idTokenIsHintEnough() throws Exception {
    Guarded guarded = guard();
    provider.withClaim("sid", "there-1");
    signIn(browser, guarded);

    ProviderRequest asked = signOut(guarded);

    assertEquals(provider.lastIdToken(), asked.parameter("id_token_hint"));
    assertEquals(provider.clientId(), asked.parameter("client_id"));
    assertNull(asked.parameter("logout_hint"));
  }

  @Test
  void providersSessionIsTheHintWhereTheIdTokenIsTooLargeToKeep() throws Exception {
    Guarded guarded = guard();
    provider.withClaim("sid", "there-1").withClaim("pad", "x".repeat(4_000));
    signIn(browser, guarded);

    ProviderRequest asked = signOut(guarded);

    assertNull(asked.parameter("id_token_hint"));
    assertEquals("there-1", asked.parameter("logout_hint"));
    assertEquals(provider.clientId(), asked.parameter("client_id"));
    assertEquals(
        guarded.base() + "/gatekeeper/logged-out", asked.parameter("post_logout_redirect_uri"));
  }

  @Test
  void subjectIsTheHintWhereTheProvidersSessionIsNotKnown() throws Exception {
    Guarded guarded = guard(Map.of("identity.user", "email"));
    provider.signInAs("7f&=+%/ 1", Map.of("email", "alice@example.com", "name", "Alice"));
    provider.withClaim("pad", "x".repeat(4_000));
    signIn(browser, guarded);

    ProviderRequest asked = signOut(guarded);

    assertEquals("7f&=+%/ 1", asked.parameter("logout_hint"));
    assertFalse(asked.target().contains("alice"), asked.target());
    assertFalse(asked.target().contains("Alice"), asked.target());
  }

  @Test
  void withoutASessionNobodyIsNamed() throws Exception {
    Guarded guarded = guard();

    ProviderRequest asked = signOut(guarded);

    assertEquals(provider.clientId(), asked.parameter("client_id"));
    assertNull(asked.parameter("id_token_hint"));
    assertNull(asked.parameter("logout_hint"));
  }

  @Test
  void queryOfTheEndpointItselfIsKept() throws Exception {
    String own = "?p=b2c%26x&q=a%2Bb%253D&flag&r=%C3%BC";
    provider.withMetadata("end_session_endpoint", provider.url(Endpoint.END_SESSION) + own);
    Guarded guarded = guard();
    signIn(browser, guarded);

    ProviderRequest asked = signOut(guarded);

    assertTrue(
        asked.target().startsWith(FakeProvider.PATH + Endpoint.END_SESSION.path() + own + "&"),
        asked.target());
    assertEquals(provider.lastIdToken(), asked.parameter("id_token_hint"));
  }

  @Test
  void addressOf4000CharactersHasTheIdTokenAndALongerOneDoesNot() throws Exception {
    int without = addressWithOwnQueryOf(1).length();

    String longest = addressWithOwnQueryOf(1 + LONGEST - without);
    String longer = addressWithOwnQueryOf(2 + LONGEST - without);

    assertEquals(LONGEST, longest.length());
    assertTrue(longest.contains("id_token_hint="), longest);
    assertFalse(longest.contains("logout_hint="), longest);
    assertFalse(longer.contains("id_token_hint="), longer);
    assertTrue(longer.contains("&logout_hint=there-1&client_id="), longer);
  }

  /** The ID token is the same length each time, and so are the ports of loopback. */
  private String addressWithOwnQueryOf(int characters) throws Exception {
    provider.withMetadata(
        "end_session_endpoint",
        provider.url(Endpoint.END_SESSION) + "?pad=" + "x".repeat(characters));
    provider.withClaim("sid", "there-1");
    TestBrowser person = new TestBrowser();
    Guarded guarded = guard();
    signIn(person, guarded);
    return person.post(guarded.base() + "/gatekeeper/logout", Map.of()).location();
  }

  @Test
  void stateIsAnotherEachTime() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String first = signOut(guarded).parameter("state");
    signIn(browser, guarded);

    String second = signOut(guarded).parameter("state");

    assertTrue(first.matches("[A-Za-z0-9_-]{22,}"), first);
    assertNotEquals(first, second);
  }

  @Test
  void stateThatComesBackChangesNothing() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String farewell = guarded.base() + "/gatekeeper/logged-out";

    for (String query : List.of("", "?state=", "?state=x", "?state=x&state=y", "?state=%ff")) {
      Page page = browser.open(farewell + query);
      assertStatus(200, page);
      assertEquals(List.of(), page.headers("Set-Cookie"), query);
    }

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void pageOfTheApplicationsGetsNoState() throws Exception {
    Guarded guarded = guard(Map.of("logout-redirect", "/public/bye?from=here&x=%26"));
    signIn(browser, guarded);

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).followAll();

    ProviderRequest asked = provider.lastEndSessionRequest();
    assertNull(asked.parameter("state"));
    assertEquals(
        guarded.base() + "/public/bye?from=here&x=%26",
        asked.parameter("post_logout_redirect_uri"));
    assertEquals("GET /public/bye?from=here&x=%26 HTTP/1.1", Echo.of(page).requestLine());
  }

  private ProviderRequest signOut(Guarded guarded) {
    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());
    assertStatus(303, page);
    assertStatus(200, page.followAll());
    assertSignedOut(browser, guarded);
    return provider.lastEndSessionRequest();
  }
}
