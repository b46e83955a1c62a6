package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code keep-fragment}: how the fragment of a deep link survives the login. */
abstract class FragmentContract extends ContractBase {
  /** Waits until logins can begin, by a client that shows no page. */
  private Guarded keeping() throws Exception {
    Guarded guarded = guardCold(Map.of("keep-fragment", true));
    Page page =
        new TestBrowser()
            .request("GET", guarded.base() + "/warm")
            .navigating()
            .without("Sec-Fetch-Dest")
            .send()
            .followHere();
    assertTrue(page.redirects(), page::toString);
    assertTrue(page.location().startsWith(provider.issuer()), page::toString);
    return guarded;
  }

  private static String login(Guarded guarded, String target) {
    return guarded.base() + "/gatekeeper/login?return=" + encode(target);
  }

  @Test
  void documentStopsWhereAScriptCanReadItsFragment() throws Exception {
    Guarded guarded = keeping();

    Page sent = browser.open(guarded.base() + "/page?x=1&y='2'");
    assertStatus(302, sent);
    assertEquals(login(guarded, "/page?x=1&y='2'"), sent.location());
    assertEquals(List.of(), sent.headers("Set-Cookie"));

    Page stop = sent.follow();
    assertStatus(200, stop);
    StopPage shown = StopPage.of(stop);
    assertEquals("/page?x=1&y='2'", shown.target());
    assertTrue(shown.provider().startsWith(provider.url(Endpoint.AUTHORIZATION) + "?"));
    assertEquals(shown.provider(), shown.refresh());
    assertEquals(guarded.base() + "/gatekeeper/login.js", shown.script());
    assertEquals(1, browser.cookieNames(LOGIN).size(), browser.cookies()::toString);
  }

  @Test
  void stopRunsOurScriptAndNothingElse() throws Exception {
    Guarded guarded = keeping();

    Page stop = browser.open(login(guarded, "/page?<script>alert(1)</script>\"'&lt;"));

    String script = guarded.base() + "/gatekeeper/login.js";
    List<String> policy = List.of(stop.header("Content-Security-Policy").split("; ", -1));
    for (String directive :
        List.of(
            "default-src 'none'",
            "script-src " + script,
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'")) {
      assertTrue(policy.contains(directive), policy::toString);
    }
    assertFalse(policy.toString().contains("unsafe"), policy::toString);
    assertEquals("nosniff", stop.header("X-Content-Type-Options"));
    assertEquals("no-referrer", stop.header("Referrer-Policy"));
    assertTrue(stop.header("Cache-Control").contains("no-store"), stop::toString);
    assertEquals(2, stop.body().split("<script", -1).length, stop::toString);
    assertTrue(stop.body().contains("%22&#39;&amp;lt;\""), stop::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page?x=1#section-2",
        "/#/runs/details/7?tab=logs&x=%2F",
        "/page#",
        "/page?#x",
        "/a?q=one+two#a+b%20c",
        "/a#b#c",
        "/a#{}|^[]~!$&'()*+,;=:@/?-._%",
        "/a#caf%C3%A9",
        "/a#//evil.example",
        "/a#/gatekeeper/logout",
      })
  void placeWithinAPageComesBackByteForByte(String target) throws Exception {
    Guarded guarded = keeping();

    Page stop = browser.open(login(guarded, target));
    assertEquals(target, StopPage.of(stop).target());
    Page callback = StopPage.of(stop).goOn(browser).follow();

    assertStatus(303, callback);
    assertEquals(guarded.base() + target, callback.location());
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void pageWithoutAFragmentIsReachedOverTheStopToo() throws Exception {
    Guarded guarded = keeping();

    Page page = goOn(browser, browser.openAndFollow(guarded.base() + "/reports/7?year=2026"));

    assertEquals("GET /reports/7?year=2026 HTTP/1.1", Echo.of(page).requestLine());
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void whoShowsNoPageGoesToTheProviderAsBefore() throws Exception {
    Guarded guarded = keeping();
    for (String url : List.of(guarded.base() + "/page", login(guarded, "/page"))) {
      Page old = browser.request("GET", url).navigating().without("Sec-Fetch-Dest").send();
      Page head = browser.request("HEAD", url).navigating().send();

      for (Page page : List.of(old, head)) {
        assertStatus(302, page);
        assertTrue(page.location().startsWith(provider.issuer()), page::toString);
      }
    }
  }

  @Test
  void programsAndFramesAreAnsweredAsBefore() throws Exception {
    Guarded guarded = keeping();
    for (String url : List.of(guarded.base() + "/page", login(guarded, "/page"))) {
      assertStatus(401, browser.fetch(url));
      Page frame =
          browser.request("GET", url).navigating().header("Sec-Fetch-Dest", "iframe").send();
      Page shown = frame.followHere();
      assertFalse(shown.body().contains("<script"), shown::toString);
      assertTrue(shown.body().contains("target=\"_top\""), shown::toString);
    }
    assertStatus(401, browser.open(guarded.base() + "/api/v1/things"));
    assertEquals(List.of(), browser.cookies());
  }

  @Test
  void twentyTabsEachEndAtTheirOwnPlace() throws Exception {
    Guarded guarded = keeping();

    List<Page> told =
        Tabs.together(
            20,
            tab -> {
              browser.openAndFollow(guarded.base() + "/tab/" + tab);
              return browser.open(login(guarded, "/tab/" + tab + "#" + tab));
            });
    List<Page> ended = Tabs.together(20, tab -> StopPage.of(told.get(tab)).goOn(browser).follow());

    for (int tab = 0; tab < 20; tab++) {
      assertEquals(guarded.base() + "/tab/" + tab + "#" + tab, ended.get(tab).location());
    }
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void loginBegunTwiceTakesNoMoreRoomThanOne() throws Exception {
    Guarded guarded = keeping();
    String pad = "?pad=" + "x".repeat(320);

    // Two long targets find room at once, whatever is begun without the fragment before.
    browser.openAndFollow(guarded.base() + "/one" + pad);
    Page one = browser.open(login(guarded, "/one" + pad + "#1"));
    browser.openAndFollow(guarded.base() + "/two" + pad);
    Page two = browser.open(login(guarded, "/two" + pad + "#2"));
    assertEquals(1, browser.cookieNames(LOGIN).size(), browser.cookies()::toString);

    Page first = StopPage.of(one).goOn(browser).follow();
    assertEquals(guarded.base() + "/one" + pad + "#1", first.location());
    Page second = StopPage.of(two).goOn(browser).follow();
    assertEquals(guarded.base() + "/two" + pad + "#2", second.location());
  }

  @Test
  void longFragmentComesBackToo() throws Exception {
    Guarded guarded = keeping();
    String target = "/app?x=1#/discover?_g=(" + "a:!(b,c),".repeat(120) + ")";

    Page stop = browser.open(login(guarded, target));

    assertEquals(guarded.base() + target, StopPage.of(stop).goOn(browser).follow().location());
  }

  @Test
  void targetTooLongForOneMoreAddressGoesToTheProviderAtOnce() throws Exception {
    Guarded guarded = keeping();
    String target = "/a?" + "%20".repeat(900);

    Page page = browser.open(guarded.base() + target);

    assertTrue(page.location().startsWith(provider.issuer()), page::toString);
    assertEquals(guarded.base() + target, page.follow().follow().location());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a#b\r\nSet-Cookie: x=1",
        "/a#b\u0000",
        "/a#b c",
        "/a#b\\c",
        "/a#\u00e9",
        "/a#\u010a",
        "/a#<script>",
        "/a#\"x",
      })
  void fragmentThatNoBrowserTellsIsDropped(String target) throws Exception {
    Guarded guarded = keeping();

    Page stop = browser.open(login(guarded, target));

    assertEquals("/a", StopPage.of(stop).target());
    assertEquals(guarded.base() + "/a", StopPage.of(stop).goOn(browser).follow().location());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example#x",
        "/\\evil.example#x",
        "\\\\evil.example#x",
        "https://evil.example/#x",
        "https:evil.example#x",
        "https:#//evil.example",
        "javascript:alert(1)#x",
        "@evil.example#x",
        "#//evil.example",
        "#@evil.example/",
        "/..//evil.example#x",
        "/gatekeeper/logout#x",
        "/gatekeeper/login?return=/x#y",
      })
  void loginWithAFragmentNeverLeadsAway(String target) throws Exception {
    Guarded guarded = keeping();

    Page stop = browser.open(login(guarded, target));

    assertEquals("/", StopPage.of(stop).target());
    assertEquals(guarded.base() + "/", StopPage.of(stop).goOn(browser).follow().location());
  }

  @Test
  void scriptIsServedToEverybodyAndMayBeKept() throws Exception {
    Guarded guarded = keeping();
    String url = guarded.base() + "/gatekeeper/login.js";

    Page script = browser.request("GET", url).header("Sec-Fetch-Dest", "script").send();

    assertStatus(200, script);
    // Servers spell it with a space or without.
    String type = script.header("Content-Type").replace(" ", "");
    assertTrue(type.equalsIgnoreCase("text/javascript;charset=utf-8"), script::toString);
    assertEquals("nosniff", script.header("X-Content-Type-Options"));
    assertTrue(script.header("Cache-Control").contains("max-age"), script::toString);
    assertTrue(script.body().contains("location.hash"), script::toString);
    assertFalse(script.body().matches("(?s).*(eval|innerHTML|document\\.write).*"));
    assertStatus(200, browser.request("HEAD", url).send());
    assertStatus(405, browser.post(url, Map.of()));
    assertEquals(List.of(), browser.cookies());
  }

  @Test
  void withoutTheSettingNothingStopsAndAPlaceAskedForOnPurposeComesBack() throws Exception {
    Guarded guarded = guard();
    Page page = browser.open(guarded.base() + "/page");
    assertTrue(page.location().startsWith(provider.issuer()), page::toString);

    Page begun = browser.open(login(guarded, "/page#section-2"));

    assertTrue(begun.location().startsWith(provider.issuer()), begun::toString);
    assertEquals(guarded.base() + "/page#section-2", begun.follow().follow().location());
  }

  @Test
  void loginThatCanNotBeginSaysSoAsBefore() throws Exception {
    provider.down();
    Guarded guarded = guardCold(Map.of("keep-fragment", true));

    Page page = browser.open(guarded.base() + "/page").follow();

    assertStatus(503, page);
    assertNull(page.location());
    assertFalse(page.body().contains("<script"), page::toString);
  }

  private static Page goOn(TestBrowser with, Page stop) {
    return StopPage.of(stop).goOn(with).followAll();
  }
}
