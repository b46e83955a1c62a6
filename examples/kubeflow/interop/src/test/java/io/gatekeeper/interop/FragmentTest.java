package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.kubeflow.Chromium;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What becomes of the fragment of a deep link, in a real browser, with Envoy and Dex. */
@Shows("Dex, in Chromium")
@Tag("dex")
class FragmentTest {
  private static final String PAGE = "/pipelines?run=7";
  private static final String PLACE = "#/details/3";

  private static Picture picture;

  @BeforeAll
  static void start() throws IOException {
    Installed.program("chromium");
    Installed.program("chromedriver");
    picture =
        Picture.start(
            GatewayKind.ENVOY,
            url -> new Dex(url, List.of()),
            Map.of("keep-fragment", true),
            Wiring.DIRECT);
  }

  @AfterAll
  static void stop() {
    if (picture != null) {
      picture.close();
    }
  }

  private static void signIn(Chromium browser) {
    browser.open(picture.url(PAGE + PLACE));
    new DexPages(browser).submit(picture.provider().person());
  }

  private static void assertShowsThePage(Chromium browser) {
    String shown = browser.await(By.tagName("pre")).getText();
    assertTrue(shown.startsWith("GET " + PAGE + " HTTP/1.1\n"), shown);
  }

  @Test
  void thePlaceInAPageSurvivesTheLogin() {
    try (Chromium browser = Chromium.start()) {
      signIn(browser);
      browser.awaitUrl(picture.url(PAGE + PLACE));
      assertShowsThePage(browser);
      // Dex's pages have complaints of their own.
      assertEquals(
          List.of(),
          browser.console().stream().filter(line -> line.contains("/gatekeeper/")).toList());
    }
  }

  @Test
  void withoutScriptsTheLoginLeadsToThePageItself() {
    try (Chromium browser = Chromium.startWithoutScripts()) {
      signIn(browser);
      browser.awaitUrl(picture.url(PAGE));
      assertShowsThePage(browser);
    }
  }
}
