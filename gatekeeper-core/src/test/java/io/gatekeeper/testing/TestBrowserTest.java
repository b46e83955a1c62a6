package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser more lenient than real ones would let cookies pass that no user ever gets. */
class TestBrowserTest {
  private final MockWebServer server = new MockWebServer();
  private final TestBrowser browser = new TestBrowser();
  private String base;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return echo(request);
          }
        });
    server.start();
    base = "http://localhost:" + server.getPort();
  }

  /** Answers with the request's head; {@code /to/…} redirects to what follows. */
  private static MockResponse echo(RecordedRequest request) {
    if (request.getTarget().startsWith("/to/")) {
      return new MockResponse.Builder()
          .code(303)
          .addHeader("Location", request.getTarget().substring(3))
          .addHeader("Set-Cookie", "hop=1")
          .build();
    }
    StringBuilder head = new StringBuilder(request.getRequestLine());
    request
        .getHeaders()
        .forEach(
            header ->
                head.append("\n")
                    .append(header.getFirst())
                    .append(": ")
                    .append(header.getSecond()));
    return new MockResponse.Builder().body(head + "\n").build();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a?", "/%2f//b;c=d/../e", "/?x=%zz&y=|{}", "/a\\b", "/caf%C3%A9?q='()*"})
  void sendsTheTargetAsItIs(String target) {
    assertTrue(browser.open(base + target).body().startsWith("GET " + target + " HTTP/1.1\n"));
  }

  @Test
  void followsOneStepAtATimeAndKeepsTheCookiesOfEachStep() {
    Page first = browser.open(base + "/to/a/page?x");

    assertEquals(303, first.status());
    Page second = first.follow();
    assertTrue(second.body().startsWith("GET /a/page?x HTTP/1.1"), second.body());
    assertEquals("1", browser.cookie("hop"));
    assertFalse(second.body().contains("hop=1"), "its Path is the directory of /to/a/page");
  }

  @Test
  void navigatesAndFetchesWithABrowsersHeaders() {
    assertTrue(browser.open(base + "/").body().contains("Sec-Fetch-Mode: navigate"));
    assertTrue(browser.fetch(base + "/").body().contains("Sec-Fetch-Mode: cors"));
    assertTrue(browser.fetch(base + "/").body().contains("Sec-Fetch-Site: same-origin"));
  }

  @Test
  void sendsLaxCookiesWithAForeignLinkAndNotWithAForeignForm() {
    browser.plant(base + "/", "lax=1").plant(base + "/", "strict=1; SameSite=Strict");

    String link = browser.openFrom("https://evil.example", base + "/").body();
    String form = browser.post(base + "/", Map.of("a", "b"), "https://evil.example").body();
    String own = browser.post(base + "/", Map.of("a", "b")).body();

    assertTrue(link.contains("Cookie: lax=1\n"), link);
    assertFalse(form.contains("Cookie:"), form);
    assertTrue(own.contains("Cookie: lax=1; strict=1"), own);
  }

  @Test
  void forgetsACookieWhoseMaxAgeIsZeroButOnlyTheOneWithThatPath() {
    browser.plant(base + "/", "a=1; Path=/").plant(base + "/", "a=2; Path=/deep");
    browser.plant(base + "/", "a=; Path=/; Max-Age=0");

    assertEquals("2", browser.cookie("a"));
    assertFalse(browser.open(base + "/").body().contains("Cookie:"));
    assertTrue(browser.open(base + "/deep/er").body().contains("Cookie: a=2"));
    assertFalse(browser.open(base + "/deeper").body().contains("Cookie:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-a=1; Path=/",
        "__Host-a=1; Secure; Path=/b",
        "__Host-a=1; Secure; Path=/; Domain=example.com",
        "__Secure-a=1",
        "a=1; Domain=evil.example",
        "a=1; Domain=com",
        "a=1; SameSite=None",
      })
  void refusesWhatBrowsersRefuse(String setCookie) {
    browser.plant("https://www.example.com/", setCookie);

    assertEquals(List.of(), browser.cookies());
    assertEquals(1, browser.refusedCookies().size());
  }

  @Test
  void keeps4096BytesOfNameAndValueAndNoMore() {
    browser.plant(base + "/", "a=" + "v".repeat(4095)).plant(base + "/", "b=" + "v".repeat(4096));

    assertEquals(4095, browser.cookie("a").length());
    assertNull(browser.cookie("b"));
  }

  @Test
  void keepsTheLatest180Cookies() {
    for (int i = 0; i < 181; i++) {
      browser.plant(base + "/", "c" + i + "=1");
    }

    assertEquals(180, browser.cookies().size());
    assertNull(browser.cookie("c0"));
  }

  @Test
  void keepsSecureCookiesOfLoopback() {
    browser.plant(base + "/", "__Host-a=1; Secure; Path=/");

    assertTrue(browser.open(base + "/").body().contains("Cookie: __Host-a=1"));
  }

  @Test
  void sendsDomainCookiesBelowTheDomainAndHostCookiesToTheHostAlone() {
    CookieJar jar = new CookieJar(Clock.systemUTC());
    jar.store(BrowserUrl.parse("https://www.example.com/"), "wide=1; Domain=.example.com");
    jar.store(BrowserUrl.parse("https://www.example.com/"), "narrow=1");

    assertEquals("wide=1", jar.header(BrowserUrl.parse("https://b.example.com/"), false, true));
    assertEquals(
        "wide=1; narrow=1", jar.header(BrowserUrl.parse("https://www.example.com/"), false, true));
    assertEquals("", jar.header(BrowserUrl.parse("https://badexample.com/"), false, true));
  }
}
