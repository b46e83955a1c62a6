package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** What the parts of the contract share: a provider, a browser, a guarded application. */
abstract class ContractBase {
  static final String SESSION = "gatekeeper";
  static final String LOGIN = "gatekeeper-login-";
  private static final Pattern OWN =
      Pattern.compile(
          "[^?]*/gatekeeper/(callback|login|login\\.js|logout|logged-out|backchannel-logout|error"
              + "|session|renew)(\\?.*)?");

  static final String SECRET = "a session secret of the tests, 0123456789abcdef";
  static final List<String> IDENTITY_HEADERS =
      List.of(
          "X-Auth-Request-User",
          "X-Auth-Request-Email",
          "X-Auth-Request-Groups",
          "X-Auth-Request-Preferred-Username");

  final FakeProvider provider = FakeProvider.start();
  final TestBrowser browser = new TestBrowser();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Guarded first;

  /** Starts what the adapter guards. */
  abstract Guarded start(Guarded.Settings settings) throws Exception;

  @AfterEach
  void closeAll() throws Exception {
    try {
      assertEveryAnswerIsSound();
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
      provider.close();
    }
  }

  private void assertEveryAnswerIsSound() {
    assertEquals(List.of(), browser.refusedCookies(), "cookies that browsers refuse");
    for (Page page : browser.pages()) {
      boolean whole =
          first == null || first.passesEveryHeader() || OWN.matcher(page.url()).matches();
      if (whole && !page.headers("Set-Cookie").isEmpty()) {
        assertTrue(
            String.valueOf(page.header("Cache-Control")).contains("no-store"), page::toString);
      }
    }
    assertEquals(List.of(), provider.strayRequests(), "requests that no provider answers");
  }

  /** Guards with the usual settings, and waits until logins can begin. */
  final Guarded guard() throws Exception {
    return guard(Map.of());
  }

  /** Guards with these settings beside the usual ones, and waits until logins can begin. */
  final Guarded guard(Map<String, Object> more) throws Exception {
    Guarded guarded = guardCold(more);
    Page page = new TestBrowser().open(guarded.base() + "/warm").followHere();
    assertTrue(page.redirects(), page::toString);
    return guarded;
  }

  /** Guards without a look at the provider. */
  final Guarded guardCold(Map<String, Object> more) throws Exception {
    Guarded guarded =
        start(
            base -> {
              Map<String, Object> settings = usualSettings(base);
              settings.putAll(more);
              settings.values().removeIf(""::equals);
              return settings;
            });
    open.push(guarded);
    first = first == null ? guarded : first;
    return guarded;
  }

  private Map<String, Object> usualSettings(String base) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("issuer", provider.issuer());
    settings.put("client-id", provider.clientId());
    settings.put("client-secret", provider.clientSecret());
    settings.put("external-url", base);
    settings.put("session-secrets", List.of(SECRET));
    settings.put("insecure-allow-http-issuer", true);
    settings.put("scopes", List.of("openid", "profile", "email", "groups"));
    settings.put(
        "rules",
        List.of(
            Map.of("path", "/public/**", "access", "public"),
            Map.of("path", "/admin/**", "groups", List.of("admins")),
            Map.of("path", "/api/**", "challenge", "unauthorized")));
    return settings;
  }

  /** Signs the browser in as whom the provider knows, and returns where that ended. */
  final Page signIn(TestBrowser with, Guarded guarded) {
    Page page = with.openAndFollow(guarded.base() + "/");
    assertTrue(Echo.isApplication(page), page::toString);
    return page;
  }

  /** The same, from a session at the provider that it tells us of. */
  final Page signInFrom(String session, TestBrowser with, Guarded guarded) {
    provider.withClaim("sid", session);
    Page page = signIn(with, guarded);
    provider.withoutClaim("sid");
    return page;
  }

  /** Time passes, here and at the provider; what needs a clock that can't be moved is left out. */
  final void later(Guarded guarded, Duration duration) {
    assumeTrue(guarded.advance(duration), "a clock that can be moved");
    provider.advance(duration);
  }

  /** Begins a login and lets the provider answer; the callback is not followed yet. */
  final Page beforeCallback(TestBrowser with, String url) {
    Page begun = with.open(url).followHere();
    assertTrue(
        begun.redirects() && begun.location().startsWith(provider.issuer()), begun::toString);
    Page answered = begun.follow();
    assertTrue(answered.redirects(), answered::toString);
    return answered;
  }

  final void assertSignedInAs(String subject, TestBrowser who, Guarded guarded) {
    Page page = who.fetch(guarded.base() + "/me");
    assertEquals(subject, Echo.of(page).value("X-Auth-Request-User"), page::toString);
  }

  final void assertSignedOut(TestBrowser who, Guarded guarded) {
    Page page = who.fetch(guarded.base() + "/me");
    assertEquals(401, page.status(), page::toString);
  }

  /** A login that failed for good: a page for people, no session, and no fault of ours. */
  final void assertRefused(Page page, TestBrowser who, Guarded guarded) {
    assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
    assertNull(who.cookie(SESSION), "a session");
    assertSignedOut(who, guarded);
  }

  static void assertStatus(int status, Page page) {
    assertEquals(status, page.status(), page::toString);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
