package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * One picture a gateway, which all journeys through it share; each with a browser of its own. What
 * a journey stops or breaks, it puts right again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JourneyBase {
  @Parameter GatewayKind gateway;
  Picture picture;
  TestBrowser browser;

  /** The provider, for a gateway that browsers find there. */
  abstract Provider provider(String externalUrl);

  /** Settings of Gatekeeper's besides the usual ones, or in their place. */
  Map<String, Object> more() {
    return Map.of();
  }

  /** What stands between the programs. */
  Wiring wiring() {
    return Wiring.DIRECT;
  }

  @BeforeParameterizedClassInvocation
  void start(GatewayKind kind) throws IOException {
    picture = Picture.start(kind, this::provider, more(), wiring());
  }

  @AfterParameterizedClassInvocation
  void stop() {
    if (picture != null) {
      picture.close();
      picture = null;
    }
  }

  @BeforeEach
  void openBrowser() {
    browser = new TestBrowser();
  }

  Person person() {
    return picture.provider().person();
  }

  final Page signIn(TestBrowser who, String target) {
    Page page = picture.signIn(who, target, person());
    assertTrue(Echo.isApplication(page), page::toString);
    return page;
  }

  final Page beforeCallback(TestBrowser who, String target) {
    return picture.beforeCallback(who, target, person());
  }

  /** By the page's own form, and what the provider asks on the way. */
  final Page signOut() {
    Page asks = browser.open(picture.url("/gatekeeper/logout"));
    assertEquals(200, asks.status(), asks::toString);
    Page page = Form.in(asks).submit(browser).followAll();
    return picture.provider().confirmSignOut(browser, page).followAll();
  }

  final void assertSignedIn(TestBrowser who) {
    Page page = who.fetch(picture.url("/me"));
    assertEquals(person().id(), Echo.of(page).value(Picture.USER), page::toString);
  }

  final void assertSignedOut(TestBrowser who) {
    Page page = who.fetch(picture.url("/me"));
    assertEquals(401, page.status(), page::toString);
  }

  /** The page where the provider asks who it is. */
  final void assertProviderAsks(Page page) {
    assertEquals(200, page.status(), page::toString);
    assertTrue(page.url().startsWith(picture.provider().site()), page::toString);
    assertFalse(Echo.isApplication(page), page::toString);
  }

  /** What happens meanwhile doesn't reach the application. */
  final void assertNothingPasses(Action action) throws Exception {
    int before = picture.application().received().size();
    action.run();
    assertEquals(before, picture.application().received().size(), "requests of the application");
  }

  /** Something that a journey does. */
  interface Action {
    void run() throws Exception;
  }
}
