package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.kubeflow.Chromium;
import io.gatekeeper.examples.kubeflow.dex.Connector;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What a person sees, in a real browser, with Envoy and Dex. */
@Shows("Dex, in Chromium")
@Tag("dex")
class ChromiumTest {
  private static final String TARGET = "/pipelines/%C3%A9t%C3%A9?run=7&x=%2F&x=a+b";
  private static final By TITLE = By.tagName("h1");

  private static Picture picture;
  private static Person admin;
  private Chromium browser;
  private DexPages dex;

  @BeforeAll
  static void start() throws IOException {
    Installed.program("chromium");
    Installed.program("chromedriver");
    List<Connector> connectors = Slapd.shared().connectors("ldap", "mail");
    picture = Picture.start(GatewayKind.ENVOY, url -> new Dex(url, connectors));
    admin = picture.provider().person();
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
    dex = new DexPages(browser);
  }

  @AfterEach
  void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opens a page and, at Dex, follows the link to where this person's password is checked. */
  private void toForm(String target, Person person) {
    browser.open(picture.url(target));
    dex.choose(person);
  }

  private void signIn(String target, Person person) {
    toForm(target, person);
    dex.submit(person);
    assertIsAt(target, person);
  }

  private void assertIsAt(String target, Person person) {
    browser.awaitUrl(picture.url(target));
    List<String> shown = browser.await(By.tagName("pre")).getText().lines().toList();
    assertEquals("GET " + target + " HTTP/1.1", shown.get(0));
    assertTrue(shown.contains("kubeflow-userid: " + person.id()), shown::toString);
    assertTrue(shown.contains("kubeflow-groups: " + person.groups()), shown::toString);
  }

  private void assertSees(String title, String text) {
    assertEquals(title, browser.await(TITLE).getText());
    String page = browser.find(By.tagName("main")).getText();
    assertTrue(page.contains(text), page);
  }

  @Test
  void aDeepLinkLeadsThroughDexsPagesAndAWrongPasswordBackToItself() {
    browser.open(picture.url(TARGET));
    browser.await(By.partialLinkText("OpenLDAP"));
    browser.screenshot("dex-choice.png");
    dex.choose(admin);
    browser.screenshot("dex-form.png");

    dex.submit(admin.withPassword("wrong"));
    assertTrue(dex.error().contains("Invalid"));
    browser.screenshot("dex-wrong-password.png");

    dex.submit(admin);
    assertIsAt(TARGET, admin);
    browser.screenshot("signed-in.png");
  }

  @Test
  void somebodyOfTheDirectorySignsInWithTheirGroups() {
    toForm(TARGET, Slapd.ANNA);
    browser.screenshot("ldap-form.png");

    dex.submit(Slapd.ANNA.withPassword("wrong"));
    assertTrue(dex.error().contains("Invalid"));
    browser.screenshot("ldap-wrong-password.png");

    dex.submit(Slapd.ANNA);
    assertIsAt(TARGET, Slapd.ANNA);
    browser.screenshot("ldap-signed-in.png");
  }

  @Test
  void aSecondTabNeedsNoLogin() {
    signIn("/one?tab=1", admin);
    browser.openTab(picture.url("/two?tab=2"));
    assertIsAt("/two?tab=2", admin);
  }

  @Test
  void twoTabsAtTheFormBothGetWhereTheyWanted() {
    toForm("/one?tab=1", admin);
    String first = browser.tab();
    browser.openTab(picture.url("/two?tab=2"));
    dex.choose(admin);
    dex.submit(admin);
    assertIsAt("/two?tab=2", admin);

    browser.switchTo(first);
    dex.submit(admin);
    assertIsAt("/one?tab=1", admin);
  }

  @Test
  void aSignOutAsksAndSaysSoAndTheNextPageNeedsALogin() {
    signIn("/page", admin);
    browser.open(picture.url("/gatekeeper/logout"));
    assertSees("Sign out?", "signed in as " + admin.id());
    browser.screenshot("sign-out.png");

    browser.find(By.cssSelector("button[type=submit]")).click();
    browser.awaitUrl(picture.url("/gatekeeper/logged-out"));
    assertSees("You are signed out", "close this window");
    browser.screenshot("signed-out.png");

    toForm("/page", admin);
  }

  @Test
  void whoHasNoAccessIsToldSo() {
    signIn("/page", admin);
    browser.open(picture.url("/admin/users?sort=name"));
    assertSees("No access", "You may not see this page.");
    browser.screenshot("no-access.png");
  }

  @Test
  void aCallbackThatNobodyBeganIsRefusedInWords() {
    browser.open(picture.url("/gatekeeper/callback?code=c&state=s"));
    assertSees("That did not work", "the answer does not belong to it");
    browser.screenshot("bad-callback.png");
  }

  @Test
  void withoutTheProviderThePageSaysThatALoginIsNotPossibleAndLaterItIs() {
    picture.provider().stop();
    picture.check().stop();
    try {
      picture.check().startAlone();
      browser.open(picture.url(TARGET));
      assertSees("Not possible at the moment", "The provider cannot be reached.");
      browser.screenshot("provider-down.png");
    } finally {
      picture.provider().start();
      picture.check().stop();
      picture.check().start();
    }

    browser.find(By.linkText("Try again")).click();
    dex.choose(admin);
    dex.submit(admin);
    assertIsAt(TARGET, admin);
  }
}
