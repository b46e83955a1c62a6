package io.gatekeeper.interop;

import io.gatekeeper.examples.kubeflow.Chromium;
import org.openqa.selenium.By;

/**
 * Dex's pages, as a person uses them.
 *
 * @param browser that is there, or on the way
 */
record DexPages(Chromium browser) {
  private static final By LOGIN = By.id("login");

  /** Goes from the first page to where this person's password is checked. */
  void choose(Person person) {
    browser.await(By.cssSelector("a[href*='/auth/" + person.via() + "?']")).click();
    browser.await(LOGIN);
  }

  /** Fills the form in and sends it. */
  void submit(Person person) {
    browser.await(LOGIN).clear();
    browser.find(LOGIN).sendKeys(person.login());
    browser.find(By.id("password")).sendKeys(person.password());
    browser.find(By.id("submit-login")).click();
  }

  /** What is wrong with what was sent. */
  String error() {
    return browser.await(By.id("login-error")).getText();
  }
}
