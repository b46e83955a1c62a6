package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.Tabs;
import io.gatekeeper.testing.TestBrowser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several tabs, and callbacks that come twice or late. */
abstract class TabJourneys extends LoginJourneys {
  @Test
  void twoTabsMayFinishInEitherOrder() {
    for (boolean swapped : new boolean[] {false, true}) {
      TestBrowser tabs = new TestBrowser();
      Page one = beforeCallback(tabs, "/one");
      Page two = beforeCallback(tabs, "/two");

      Page first = (swapped ? two : one).followAll();
      Page second = (swapped ? one : two).followAll();

      assertEquals(swapped ? "/two" : "/one", first.target());
      assertEquals(swapped ? "/one" : "/two", second.target());
      assertTrue(Echo.isApplication(first) && Echo.isApplication(second));
    }
  }

  @Test
  void twentyTabsAtOnceEachEndOnTheirOwnPage() throws Exception {
    List<Page> forms = Tabs.together(20, tab -> picture.toProvider(browser, "/tab/" + tab));

    List<Page> ended =
        Tabs.together(
            20, tab -> picture.provider().signIn(browser, forms.get(tab), person()).followAll());

    for (int tab = 0; tab < 20; tab++) {
      assertEquals("GET /tab/" + tab + " HTTP/1.1", Echo.of(ended.get(tab)).requestLine());
    }
    assertSignedIn(browser);
    browser.forget(Picture.SESSION);
    signIn(browser, "/next");
    assertEquals(1, browser.cookieNames(Picture.LOGIN).size(), browser.cookies()::toString);
  }

  @Test
  void callbackThatComesTwiceGoesToThePage() {
    String callback = beforeCallback(browser, "/page?x").location();
    browser.openAndFollow(callback);

    Page again = browser.openAndFollow(callback);

    assertEquals("GET /page?x HTTP/1.1", Echo.of(again).requestLine());
  }

  @Test
  void callbackOfAnOldLoginIsAFreshLogin() {
    String callback = beforeCallback(browser, "/page?x").location();
    picture.check().stop();
    picture.check().startLater();
    try {
      assertProviderAsks(browser.openAndFollow(callback));
    } finally {
      picture.check().stop();
      picture.check().start();
    }
    Page ended = signIn(browser, "/page?x");
    assertEquals("GET /page?x HTTP/1.1", Echo.of(ended).requestLine());
  }
}
