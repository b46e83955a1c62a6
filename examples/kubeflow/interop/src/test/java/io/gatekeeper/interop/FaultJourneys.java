package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stops, hangs or starts anew. */
abstract class FaultJourneys extends AttackJourneys {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void loginGoesOnThoughGatekeeperIsRestartedInBetween() {
    Page callback = beforeCallback(browser, "/page?x");

    picture.check().stop();
    picture.check().start();

    assertEquals("GET /page?x HTTP/1.1", Echo.of(callback.followAll()).requestLine());
  }

  @Test
  void sessionOutlivesGatekeeper() {
    signIn(browser, "/page");

    picture.check().stop();
    picture.check().start();

    assertSignedIn(browser);
  }

  @Test
  void providerThatStartsAnewEndsNoSessionAndLetsPeopleIn() {
    signIn(browser, "/page");

    picture.provider().stop();
    picture.provider().start();

    assertSignedIn(browser);
    signIn(new TestBrowser(), "/page");
  }

  @Test
  void codeThatTheProviderForgotIsAFreshLogin() {
    Page callback = beforeCallback(browser, "/page?x");
    picture.provider().stop();
    picture.provider().start();

    Page page = callback.followAll();

    assertProviderAsks(page);
    Page ended = picture.provider().signIn(browser, page, person()).followAll();
    assertEquals("GET /page?x HTTP/1.1", Echo.of(ended).requestLine());
  }

  @Test
  void providerThatIsDownEndsNoSessionAndLetsNobodyIn() throws Exception {
    signIn(browser, "/page");
    TestBrowser late = new TestBrowser();
    Page callback = beforeCallback(late, "/page");
    picture.provider().stop();
    try {
      assertSignedIn(browser);
      assertNothingPasses(
          () -> {
            Page stranger = new TestBrowser().openAndFollow(picture.url("/page"));
            assertTrue(stranger.status() >= 500, stranger::toString);
            Page failed = callback.followAll();
            assertEquals(503, failed.status(), failed::toString);
            assertFalse(failed.body().contains("Exception"), failed::toString);
          });
    } finally {
      picture.provider().start();
    }
    signIn(late, "/page");
  }

  @Test
  void gatekeeperThatStartsBeforeItsProviderLetsPeopleInOnceItIsThere() throws Exception {
    signIn(browser, "/page");
    picture.check().stop();
    picture.provider().stop();
    try {
      picture.check().startAlone();
      assertSignedIn(browser);
      assertNothingPasses(
          () -> {
            Page page = new TestBrowser().openAndFollow(picture.url("/page"));
            assertEquals(503, page.status(), page::toString);
          });
    } finally {
      picture.provider().start();
    }
    Await.until(
        PATIENCE,
        () -> picture.toProvider(new TestBrowser(), "/page").status() == 200,
        () -> "no login though the provider is there:\n" + picture.check().output());
    signIn(new TestBrowser(), "/page");
  }

  @Test
  void nothingPassesWhileGatekeeperIsDown() throws Exception {
    signIn(browser, "/page");
    picture.check().stop();
    try {
      assertClosed("/page", "/public/page");
    } finally {
      picture.check().start();
    }
    assertSignedIn(browser);
  }

  @Test
  void nothingPassesWhileGatekeeperDoesNotAnswer() throws Exception {
    signIn(browser, "/page");
    picture.check().pause();
    try {
      assertClosed("/page");
    } finally {
      picture.check().resume();
    }
    Await.until(
        PATIENCE,
        () -> browser.fetch(picture.url("/page")).status() == 200,
        () -> "not open again:\n" + picture.check().output());
  }

  private void assertClosed(String... paths) throws Exception {
    assertNothingPasses(
        () -> {
          for (TestBrowser who : List.of(browser, new TestBrowser())) {
            for (String path : paths) {
              Page page = who.open(picture.url(path));
              assertTrue(page.status() == 403 || page.status() >= 500, page::toString);
            }
          }
        });
  }
}
