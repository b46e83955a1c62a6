package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.kubeflow.Chromium;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What a person sees, in a real browser, with Envoy and Dex. */
class ChromiumTest {
  private static final String TARGET = "/pipelines/%C3%A9t%C3%A9?run=7&x=%2F&x=a+b";
  private static final By TITLE = By.tagName("h1");

  private static Picture picture;
  private Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    Installed.program("chromium");
    Installed.program("chromedriver");
    picture = Picture.start(GatewayKind.ENVOY, url -> new Dex(url, List.of()));
  }

  @AfterAll
  static void stop() {
    if (picture != null) {
      picture.close();
    }
  }

  @BeforeEach
  void startBrowser() {
    browser = Chromium.start();
  }

  @AfterEach
  void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private void submit(String password) {
    browser.await(By.id("login")).clear();
    browser.find(By.id("login")).sendKeys(picture.provider().person().login());
    browser.find(By.id("password")).sendKeys(password);
    browser.find(By.id("submit-login")).click();
  }

  private void signIn(String target) {
    browser.open(picture.url(target));
    submit(picture.provider().person().password());
    assertIsAt(target);
  }

  private void assertIsAt(String target) {
    browser.awaitUrl(picture.url(target));
    String shown = browser.await(By.tagName("pre")).getText();
    assertTrue(shown.startsWith("GET " + target + " HTTP/1.1\n"), shown);
    assertTrue(shown.contains("\nkubeflow-userid: " + picture.provider().person().id()), shown);
  }

  private void assertSees(String title, String text) {
    assertEquals(title, browser.await(TITLE).getText());
    String page = browser.find(By.tagName("main")).getText();
    assertTrue(page.contains(text), page);
  }

  @Test
  void aDeepLinkLeadsThroughDexsFormAndAWrongPasswordBackToItself() {
    browser.open(picture.url(TARGET));
    browser.await(By.id("login"));
    browser.screenshot("dex-form.png");

    submit("wrong");
    assertTrue(browser.await(By.id("login-error")).getText().contains("Invalid"));
    browser.screenshot("dex-wrong-password.png");

    submit(picture.provider().person().password());
    assertIsAt(TARGET);
    browser.screenshot("signed-in.png");
  }

  @Test
  void aSecondTabNeedsNoLogin() {
    signIn("/one?tab=1");
    browser.openTab(picture.url("/two?tab=2"));
    assertIsAt("/two?tab=2");
  }

  @Test
  void twoTabsAtTheFormBothGetWhereTheyWanted() {
    browser.open(picture.url("/one?tab=1"));
    browser.await(By.id("login"));
    String first = browser.tab();
    browser.openTab(picture.url("/two?tab=2"));
    submit(picture.provider().person().password());
    assertIsAt("/two?tab=2");

    browser.switchTo(first);
    submit(picture.provider().person().password());
    assertIsAt("/one?tab=1");
  }

  @Test
  void aSignOutAsksAndSaysSoAndTheNextPageNeedsALogin() {
    signIn("/page");
    browser.open(picture.url("/gatekeeper/logout"));
    assertSees("Sign out?", picture.provider().person().id());
    browser.screenshot("sign-out.png");

    browser.find(By.cssSelector("button[type=submit]")).click();
    browser.awaitUrl(picture.url("/gatekeeper/logged-out"));
    assertSees("You are signed out", "close this window");
    browser.screenshot("signed-out.png");

    browser.open(picture.url("/page"));
    assertTrue(browser.await(By.id("login")).isDisplayed());
  }

  @Test
  void whoHasNoAccessIsToldSo() {
    signIn("/page");
    browser.open(picture.url("/admin/users?sort=name"));
    assertSees("No access", "");
    browser.screenshot("no-access.png");
  }

  @Test
  void aCallbackThatNobodyBeganIsRefusedInWords() {
    browser.open(picture.url("/gatekeeper/callback?code=c&state=s"));
    assertSees("That did not work", "");
    browser.screenshot("bad-callback.png");
  }

  @Test
  void withoutTheProviderThePageSaysThatALoginIsNotPossibleAndLaterItIs() {
    picture.provider().stop();
    picture.check().stop();
    try {
      picture.check().startAlone();
      browser.open(picture.url(TARGET));
      assertSees("Not possible at the moment", "");
      browser.screenshot("provider-down.png");
    } finally {
      picture.provider().start();
      picture.check().stop();
      picture.check().start();
    }

    browser.find(By.linkText("Try again")).click();
    submit(picture.provider().person().password());
    assertIsAt(TARGET);
  }
}
