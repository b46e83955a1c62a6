package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a provider shows that knows PKCE, sessions of its own, and sign-out. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gatekeeper.interop.Chosen#gateways")
abstract class SingleSignOnJourneys extends LoginJourneys {
  private static final String DEEP_LINK = "/page?x=1&y=%2F";

  @Test
  void loginComesToTheProviderWithProofOfThePkceThatItRequires() {
    Page login = browser.open(picture.url(DEEP_LINK)).followHere();
    assertTrue(login.location().contains("code_challenge_method=S256"), login.location());
    String without = login.location().replaceAll("&code_challenge(_method)?=[^&]*", "");

    Page refused = new TestBrowser().open(without);

    assertTrue(refused.redirects(), refused::toString);
    String location = refused.location();
    assertTrue(location.startsWith(picture.url("/gatekeeper/callback?")), location);
    assertTrue(location.contains("error=invalid_request"), location);
    assertTrue(location.contains("code_challenge") || location.contains("PKCE"), location);
  }

  @Test
  void providerNamesItselfInItsAnswer() {
    Page answer = beforeCallback(browser, DEEP_LINK);

    assertTrue(answer.location().startsWith(picture.url("/gatekeeper/callback?")));
    assertTrue(answer.location().contains("iss=http%3A%2F%2F127.0.0.1%3A"));
  }

  @Test
  void whoIsSignedInAtTheProviderIsNotAskedAgain() {
    signIn(browser, DEEP_LINK);
    browser.forget(Picture.SESSION);

    Page page = browser.openAndFollow(picture.url("/again"));

    assertEquals("GET /again HTTP/1.1", Echo.of(page).requestLine());
    assertSignedIn(browser);
  }

  @Test
  void signOutEndsTheSessionAtTheProviderToo() {
    signIn(browser, DEEP_LINK);

    signOut();

    Page page = browser.openAndFollow(picture.url(DEEP_LINK));
    assertTrue(page.body().contains("type=\"password\""), page::toString);
  }
}
