package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In and out: what a gateway has to show with every provider. */
abstract class LoginJourneys extends JourneyBase {
  @Test
  void pageWithoutASessionLeadsToTheProvider() throws Exception {
    assertNothingPasses(() -> assertProviderAsks(picture.toProvider(browser, "/page")));
  }

  @Test
  void personSignsInAndGetsTheDeepLinkByteForByte() {
    for (String target :
        List.of(
            "/reports/7?year=2026",
            "/caf%C3%A9/a;v=1?q=a%20b%2Fc+d&next=https://evil.example/&k&k=&x=1;y",
            "/a?",
            "/a?pad=" + "y%2Fz".repeat(300))) {
      Page page = signIn(new TestBrowser(), target);

      assertEquals("GET " + target + " HTTP/1.1", Echo.of(page).requestLine());
      assertEquals(picture.url(target), page.url());
    }
  }

  @Test
  void applicationLearnsWhoItIs() {
    Echo seen = Echo.of(signIn(browser, "/page"));

    assertEquals(person().id(), seen.value(Picture.USER));
    assertEquals(person().groups(), seen.value(Picture.GROUPS));
  }

  @Test
  void nextPageNeedsNoLogin() {
    signIn(browser, "/page");
    int before = browser.pages().size();

    Page page = browser.open(picture.url("/another?x"));

    assertEquals("GET /another?x HTTP/1.1", Echo.of(page).requestLine());
    assertEquals(before + 1, browser.pages().size());
  }

  @Test
  void signOutEndsTheSessionAndAnotherPersonMaySignIn() {
    signIn(browser, "/page");

    Page goodbye = signOut();

    assertEquals(200, goodbye.status(), goodbye::toString);
    assertTrue(goodbye.url().startsWith(picture.url("/gatekeeper/logged-out")), goodbye::toString);
    assertSignedOut(browser);
    Person another = picture.provider().another();
    Page page = picture.signIn(browser, "/page", another);
    assertEquals(another.id(), Echo.of(page).value(Picture.USER), page::toString);
  }

  @Test
  void formOfAnotherSiteSignsNobodyOut() {
    signIn(browser, "/page");

    Page page = browser.post(picture.url("/gatekeeper/logout"), Map.of(), "https://evil.example");

    assertEquals(403, page.status(), page::toString);
    assertSignedIn(browser);
  }
}
