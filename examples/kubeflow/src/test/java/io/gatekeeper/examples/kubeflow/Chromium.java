package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser without a window, with a fresh profile. Not safe for use by many threads. */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Held, lest its level is forgotten: it warns of a protocol that nothing here speaks. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; where there is none the test is skipped, but where CI says so, it fails. */
  public static Chromium start() {
    return start(Map.of());
  }

  /** Starts one in which nothing runs a script. */
  public static Chromium startWithoutScripts() {
    return start(Map.of("profile.managed_default_content_settings.javascript", 2));
  }

  private static Chromium start(Map<String, Object> preferences) {
    Optional<Path> driver = find("chromedriver");
    Optional<Path> browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> find(name).stream())
            .findFirst();
    if (driver.isEmpty() || browser.isEmpty()) {
      String reason = "There is no chromium with a chromedriver on the PATH";
      return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
    }
    ChromeOptions options = new ChromeOptions();
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    options.setBinary(browser.get().toString());
    options.setExperimentalOption("prefs", preferences);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1180,1320");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.get().toFile()).build();
    return new Chromium(new ChromeDriver(service, options));
  }

  private static Optional<Path> find(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public void open(String url) {
    driver.get(url);
  }

  public void openTab(String url) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.get(url);
  }

  public String url() {
    return driver.getCurrentUrl();
  }

  public WebElement find(By by) {
    return driver.findElement(by);
  }

  /** Waits until it is there, and seen. */
  public WebElement await(By by) {
    return wait(by).until(ExpectedConditions.visibilityOfElementLocated(by));
  }

  public void awaitUrl(String url) {
    wait(url).until(ExpectedConditions.urlToBe(url));
  }

  /** Whatever its query is: a provider may add one on the way back. */
  public void awaitPage(String url) {
    wait(url).until(at -> driver.getCurrentUrl().split("\\?", 2)[0].equals(url));
  }

  private WebDriverWait wait(Object what) {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
    wait.withMessage(() -> what + " at " + driver.getCurrentUrl());
    return wait;
  }

  /** What the console of this tab says since it was asked last. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  void back() {
    driver.navigate().back();
  }

  public String tab() {
    return driver.getWindowHandle();
  }

  public void switchTo(String tab) {
    driver.switchTo().window(tab);
  }

  /** Clicks, and goes to the tab that it opens. */
  public void clickIntoNewTab(By by) {
    int before = driver.getWindowHandles().size();
    String here = tab();
    find(by).click();
    wait(by).until(ExpectedConditions.numberOfWindowsToBe(before + 1));
    driver.getWindowHandles().stream().filter(tab -> !tab.equals(here)).forEach(this::switchTo);
  }

  /** Writes what is to be seen to {@code target/screenshots}, where CI finds it. */
  public void screenshot(String name) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "screenshots"));
      Files.write(directory.resolve(name), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
