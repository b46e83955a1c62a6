package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is written to the log at its finest level, through logins that succeed and that fail. */
class LogsTest {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final Pattern LONG_VALUE = Pattern.compile("[A-Za-z0-9_.-]{24,}");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final FakeProvider provider = FakeProvider.start();
  private final TestBrowser browser = new TestBrowser();
  private Level before;
  private Guarded application;

  @BeforeEach
  void start() {
    before = ROOT.getLevel();
    ROOT.setLevel(Level.TRACE);
    log.start();
    ROOT.addAppender(log);
    application = CoreGuarded.embedded(this::settings);
  }

  private Map<String, Object> settings(String base) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("issuer", provider.issuer());
    settings.put("client-id", provider.clientId());
    settings.put("client-secret", provider.clientSecret());
    settings.put("external-url", base);
    settings.put("session-secrets", List.of(SECRET));
    settings.put("userinfo", true);
    settings.put("scopes", "openid profile email offline_access");
    return settings;
  }

  @AfterEach
  void stop() {
    ROOT.detachAppender(log);
    ROOT.setLevel(before);
    application.close();
    provider.close();
  }

  @Test
  void missingRefreshTokenIsToldOnce() {
    new TestBrowser().openAndFollow(application.base() + "/page");
    assertEquals(0, missed(), "the control");
    provider.withoutTokenMember("refresh_token");
    new TestBrowser().openAndFollow(application.base() + "/page");
    new TestBrowser().openAndFollow(application.base() + "/page");

    assertEquals(1, missed());
  }

  private long missed() {
    synchronized (log) {
      return log.list.stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(message -> message.startsWith("no refresh token though offline_access"))
          .count();
    }
  }

  @Test
  void noSecretCodeTokenStateOrCookieValueIsEverWritten() {
    browser.openAndFollow(application.base() + "/deep/link?secret-query=" + "q".repeat(30));
    browser.open(
        application.base()
            + "/gatekeeper/callback?state=forged-state-of-a-stranger-1&code=stolen-code-of-a-stranger-12");
    Page begun = new TestBrowser().open(application.base() + "/other");
    new TestBrowser().open(begun.followHere().location());
    provider.refuseTokens("invalid_client");
    new TestBrowser().openAndFollow(application.base() + "/fails");
    browser.post(application.base() + "/gatekeeper/logout", Map.of());

    String text = text();
    assertTrue(text.contains("signed in: "), "the control: something is written");
    assertFalse(text.contains(SECRET));
    assertFalse(text.contains(provider.clientSecret()));
    assertEquals(Set.of(), writtenValues(text));
  }

  @Test
  void accessTokenThatNoHeaderCanHoldIsNotWritten() {
    provider.withoutClaim("at_hash").withTokenMember("access_token", "SECRET-ACCESS\nTOKEN");

    Page page = browser.openAndFollow(application.base() + "/page");

    assertEquals(503, page.status());
    assertFalse(text().contains("SECRET-ACCESS"));
  }

  @Test
  void refreshTokenIsNeverWrittenWhateverBecomesOfIt() {
    browser.openAndFollow(application.base() + "/page");
    Duration due = Duration.ofMinutes(15);
    for (String fault : List.of("none", "invalid_client", "invalid_grant")) {
      application.advance(due);
      provider.advance(due);
      provider.behave();
      if (!fault.equals("none")) {
        provider.refuseTokens(fault);
      }
      browser.open(application.base() + "/page").follow();
    }
    browser.post(application.base() + "/gatekeeper/logout", Map.of());

    String text = text();
    assertEquals(3, provider.refreshes().size(), "the control: they were used");
    assertTrue(text.contains("not revalidated"), "the control: a passing fault is told");
    assertTrue(text.contains("not confirmed"), "the control: so is the end");
    for (String token : provider.refreshes()) {
      assertFalse(text.contains(token));
    }
    assertEquals(Set.of(), writtenValues(text));
  }

  @Test
  void causeOfAFailedSignInIsToldToTheOperator() {
    provider.advance(Duration.ofMinutes(7));
    new TestBrowser().openAndFollow(application.base() + "/page");
    provider.advance(Duration.ofMinutes(-7));
    provider.denyLogins("invalid_scope", "no scope \"groups\"");
    new TestBrowser().openAndFollow(application.base() + "/page");
    provider.behave();
    lose(page -> browser.forgetAll());
    lose(page -> browser.forget("gatekeeper"));
    for (int i = 0; i < 6; i++) {
      browser
          .request("GET", application.base() + "/page")
          .navigating()
          .header("Host", "inside.example")
          .send();
    }

    String text = text();
    for (String told :
        List.of(
            "WARN id-token-issued-at: .*clock-skew: PT1M.* clock is about 7 minutes behind .*",
            "INFO request-refused: .*error=invalid_scope, error_description=no scope .groups.*",
            "INFO cookies-refused: .*external-url: " + application.base() + ".*",
            "INFO session-not-kept: .*3 logins in a row.*session-missing.*"
                + application.base()
                + ".*",
            "INFO host-unknown: .*inside.example.*" + application.base() + ".*")) {
      assertTrue(text.lines().anyMatch(line -> line.matches(told)), told + " in\n" + text);
    }
    assertEquals(Set.of(), writtenValues(text));
  }

  private void lose(Consumer<Page> cookies) {
    Page page = browser.open(application.base() + "/page");
    for (int steps = 0; page.redirects() && steps < 20; steps++) {
      cookies.accept(page);
      page = page.follow();
    }
  }

  @Test
  void whatAStrangerWritesStaysOnItsLine() {
    browser.open(application.base() + "/a%0d%0aINFO%20signed%20in:%20admin");
    browser.fetch(application.base() + "/gatekeeper/%1b[31m");
    for (ILoggingEvent event : log.list) {
      if (event.getLoggerName().startsWith("io.gatekeeper")) {
        assertTrue(
            event.getFormattedMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f),
            event.getFormattedMessage());
      }
    }
  }

  /** Every long value that went over the wire, and is in the log too. */
  private Set<String> writtenValues(String text) {
    Set<String> values = new TreeSet<>();
    for (Page page : browser.pages()) {
      for (String cookie : page.headers("Set-Cookie")) {
        values.addAll(longValues(cookie.substring(cookie.indexOf('=') + 1)));
      }
      if (page.redirects()) {
        values.addAll(longValues(page.location().replaceAll("^[^?]*", "")));
      }
    }
    assertTrue(values.size() > 5, "the control: there are values to look for");
    values.removeIf(value -> !text.contains(value));
    return values;
  }

  private static Set<String> longValues(String text) {
    return LONG_VALUE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private String text() {
    return log.list.stream()
        .filter(event -> !event.getLoggerName().startsWith("io.gatekeeper.testing"))
        .map(
            event ->
                event.getLevel()
                    + " "
                    + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(Collectors.joining("\n"));
  }
}
