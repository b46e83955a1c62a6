package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

class BrowserTest {
  private static final String USER = "ada.lovelace@example.com";
  private static final String PASSWORD = "correct horse <&> ünï";
  private static final By TARGET = By.id("target");

  private static Demo demo;
  private Chromium browser;

  @BeforeAll
  static void startDemo() throws BindException {
    demo = Demo.start(TestSettings.embedded(USER, PASSWORD));
  }

  @AfterAll
  static void stopDemo() {
    demo.close();
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

  private static String site(String target) {
    return demo.address() + target;
  }

  private void signIn(String user, String password) {
    browser.await(By.id("username")).sendKeys(user);
    browser.find(By.id("password")).sendKeys(password);
    browser.find(By.cssSelector("button[type=submit]")).click();
  }

  private String fetchHello(int status) {
    browser.find(By.id("fetch")).click();
    return browser.await(By.cssSelector("#answer[data-status='" + status + "']")).getText();
  }

  @Test
  void aDeepLinkLeadsThroughTheLoginBackToItself() {
    String target = "/pipelines/%C3%A9t%C3%A9/7?x=%2F&x=a+b&q=c;d#part";
    browser.open(site(target));
    browser.await(By.id("username"));
    browser.screenshot("login.png");
    signIn(USER, PASSWORD);

    String shown = target.substring(0, target.indexOf('#'));
    assertEquals(shown, browser.await(TARGET).getText());
    assertEquals(site(target), browser.url());
  }

  @Test
  void thePlaceWithinAPageSurvivesTheLogin() {
    browser.open(site("/page?x=1#section-2"));
    signIn(USER, PASSWORD);

    assertEquals("/page?x=1", browser.await(TARGET).getText());
    assertEquals(site("/page?x=1#section-2"), browser.url());
    assertEquals(List.of(), browser.console());
  }

  @Test
  void aPlaceThatBrowsersEscapeSurvivesTheLogin() {
    browser.open(site("/pipeline/#/runs/d\u00e9tails 7?tab=\"<b>\"&a=%2F+{}|^[]#'x"));
    signIn(USER, PASSWORD);

    assertEquals("/pipeline/", browser.await(TARGET).getText());
    assertEquals(
        site("/pipeline/#/runs/d%C3%A9tails%207?tab=%22%3Cb%3E%22&a=%2F+{}|^[]#'x"), browser.url());
    assertEquals(List.of(), browser.console());
  }

  @Test
  void aPlaceThatIsTooLongIsLostButNotItsPage() {
    browser.open(site("/page?x=1#" + "x".repeat(9000)));
    signIn(USER, PASSWORD);

    browser.await(TARGET);
    assertEquals(site("/page?x=1"), browser.url());
  }

  @Test
  void withoutScriptsALoginLosesNothingButThePlace() {
    browser.close();
    browser = Chromium.startWithoutScripts();
    browser.open(site("/page?x=1#section-2"));
    signIn(USER, PASSWORD);

    assertEquals("/page?x=1", browser.await(TARGET).getText());
    assertEquals(site("/page?x=1"), browser.url());
    assertEquals(List.of(), browser.console());
  }

  @Test
  void twoTabsAtTheLoginPageEndAtTheirOwnPlaces() {
    browser.open(site("/page#one"));
    browser.await(By.id("username"));
    String first = browser.tab();
    browser.openTab(site("/page#two"));
    signIn(USER, PASSWORD);
    browser.awaitUrl(site("/page#two"));

    browser.switchTo(first);
    signIn(USER, PASSWORD);

    browser.awaitUrl(site("/page#one"));
  }

  @Test
  void backFromTheLoginPageLeadsToWhereThePersonCameFrom() {
    browser.open(site("/dex/login"));
    String before = browser.url();
    browser.open(site("/page#section-2"));
    browser.await(By.id("username"));

    browser.back();

    browser.awaitUrl(before);
  }

  @Test
  void theApplicationKnowsThePersonAndSeesNoCookieOfOurs() {
    browser.open(site("/"));
    signIn(USER, PASSWORD);

    assertEquals(USER, browser.await(By.id("kubeflow-userid")).getText());
    assertEquals("kubeflow-users,admins", browser.find(By.id("kubeflow-groups")).getText());
    assertEquals("none", browser.find(By.id("cookies")).getText());
    String session = browser.await(By.cssSelector("#session[data-status='200']")).getText();
    assertTrue(session.contains(USER) && session.contains("Ada Lovelace"), session);
    assertTrue(fetchHello(200).contains(USER));
    browser.screenshot("application.png");
  }

  @Test
  void aSecondTabIsSignedInWithoutALogin() {
    browser.open(site("/"));
    signIn(USER, PASSWORD);
    browser.await(TARGET);

    browser.clickIntoNewTab(By.id("second"));

    assertEquals("/notebooks/second?tab=2&from=a%2Fb&q=a+b", browser.await(TARGET).getText());
    assertEquals(USER, browser.find(By.id("user")).getText());
  }

  @Test
  void afterASignOutAFetchInAnotherTabShowsThe401() {
    browser.open(site("/"));
    signIn(USER, PASSWORD);
    browser.await(TARGET);
    String first = browser.tab();
    browser.clickIntoNewTab(By.id("second"));
    browser.await(By.id("sign-out")).click();
    browser.awaitPage(site("/gatekeeper/logged-out"));
    browser.screenshot("logged-out.png");

    browser.switchTo(first);
    String answer = fetchHello(401);

    assertTrue(answer.contains("application/problem+json"), answer);
    assertTrue(browser.await(By.cssSelector("#session[data-status='401']")).isDisplayed());
    browser.screenshot("application-401.png");
  }

  @Test
  void aSecondSignOutInAnotherTabEndsWellToo() {
    browser.open(site("/"));
    signIn(USER, PASSWORD);
    browser.await(TARGET);
    String first = browser.tab();
    browser.clickIntoNewTab(By.id("second"));
    browser.await(By.id("sign-out")).click();
    browser.awaitPage(site("/gatekeeper/logged-out"));

    browser.switchTo(first);
    browser.find(By.id("sign-out")).click();

    browser.awaitPage(site("/gatekeeper/logged-out"));
  }

  @Test
  void aSignOutEndsTheSessionAtTheProviderToo() {
    browser.open(site("/"));
    signIn(USER, PASSWORD);
    browser.await(By.id("sign-out")).click();
    browser.awaitPage(site("/gatekeeper/logged-out"));

    browser.open(site("/again"));

    assertTrue(browser.await(By.id("username")).isDisplayed());
  }

  @Test
  void aWrongPasswordStaysAtTheProviderAndTheRightOneGoesOn() {
    browser.open(site("/experiments?run=1"));
    signIn(USER, "wrong");

    assertTrue(browser.await(By.className("message")).getText().contains("Wrong"));
    assertTrue(browser.url().startsWith(site("/dex/login?")), browser.url());
    browser.screenshot("login-failed.png");
    signIn(USER, PASSWORD);
    assertEquals("/experiments?run=1", browser.await(TARGET).getText());
  }

  @Test
  void twoTabsAtTheLoginPageBothGetWhereTheyWanted() {
    browser.open(site("/one?a=1"));
    browser.await(By.id("username"));
    String first = browser.tab();
    browser.openTab(site("/two?b=2"));
    signIn(USER, PASSWORD);
    assertEquals("/two?b=2", browser.await(TARGET).getText());

    browser.switchTo(first);
    signIn(USER, PASSWORD);

    assertEquals("/one?a=1", browser.await(TARGET).getText());
    assertFalse(browser.url().contains("/dex/"), browser.url());
  }
}
