package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that end when nobody uses them, and don't for whoever does. */
abstract class RenewalContract extends ContractBase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DUE = Duration.ofMinutes(4);
  private static final Duration IDLE = Duration.ofMinutes(31);

  /** Idle after half an hour, over after two. */
  private Guarded idle() throws Exception {
    return guard(Map.of("session.idle-timeout", "30m", "session.lifetime", "2h"));
  }

  private JsonNode claims() throws Exception {
    return JSON.readTree(
        Base64.getUrlDecoder().decode(browser.cookie(SESSION).split("\\.", -1)[1]));
  }

  private static String renew(Guarded guarded, String target) {
    return guarded.base() + "/gatekeeper/renew?return=" + target;
  }

  @Test
  void tokenSaysWhenItEndsAndWhenItIsDue() throws Exception {
    signIn(browser, idle());

    JsonNode claims = claims();
    long started = claims.get("started").asLong();
    assertEquals(started + 30 * 60, claims.get("exp").asLong());
    assertEquals(started + 3 * 60, claims.get("due").asLong());
    assertEquals(started + 2 * 3600, claims.get("end").asLong());
  }

  @Test
  void sessionThatNobodyUsesEnds() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);

    later(guarded, IDLE);

    assertSignedOut(browser, guarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page", "/caf%C3%A9/a?q=a%20b%2Fc+d&next=https://evil.example/&k&k=", "/a?"})
  void pageIsReachedOverTheRenewalByteForByte(String target) throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    later(guarded, DUE);

    Page first = browser.open(guarded.base() + target);
    Page page = first.followAll();

    assertStatus(302, first);
    assertTrue(first.location().startsWith(renew(guarded, "")), first::toString);
    assertEquals("GET " + guarded.asShown(target) + " HTTP/1.1", Echo.of(page).requestLine());
  }

  @Test
  void whoIsThereStaysSignedInUntilTheAbsoluteEnd() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    JsonNode before = claims();

    for (int minutes = 0; minutes < 100; minutes += 20) {
      later(guarded, Duration.ofMinutes(20));
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    }

    JsonNode after = claims();
    for (String same : List.of("sid", "sub", "login", "started", "end")) {
      assertEquals(before.get(same), after.get(same), same);
    }
    assertEquals(after.get("end"), after.get("exp"));
    assertNull(after.get("due"), "nothing is left to win");
    assertEquals(1, provider.tokenRequests());
    later(guarded, Duration.ofMinutes(21));
    browser.open(renew(guarded, "/page"));
    assertSignedOut(browser, guarded);
  }

  @Test
  void nothingButAPageIsSentAnywhere() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    later(guarded, DUE);
    String url = guarded.base() + "/page";

    assertStatus(200, browser.fetch(url));
    assertStatus(200, browser.request("POST", url).navigating().form(Map.of("a", "b")).send());
    assertStatus(200, browser.request("HEAD", url).navigating().send());
    assertStatus(
        200, browser.request("GET", url).navigating().header("Sec-Purpose", "prefetch").send());
    assertStatus(200, browser.open(guarded.base() + "/public/page"));
    assertStatus(200, browser.open(guarded.base() + "/api/list"));
    later(guarded, IDLE);
    assertSignedOut(browser, guarded);
  }

  @Test
  void browserThatRefusesTheNewCookieDoesNotLoop() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    String old = SESSION + "=" + browser.cookie(SESSION);
    later(guarded, DUE);

    String next = guarded.base() + "/page";
    int steps = 0;
    Page page;
    do {
      assertTrue(++steps < 6, "a redirect loop");
      page = new TestBrowser().request("GET", next).navigating().cookies(old).send();
      next = page.location();
    } while (page.redirects());

    assertEquals("alice", Echo.of(page).value("X-Auth-Request-User"));
  }

  @Test
  void renewalOfManyTabsAtOnceLeavesOneSession() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    String sid = claims().get("sid").asText();
    later(guarded, DUE);

    List<Page> pages =
        Tabs.together(20, tab -> browser.openAndFollow(guarded.base() + "/tab/" + tab));

    for (int tab = 0; tab < 20; tab++) {
      assertEquals("GET /tab/" + tab + " HTTP/1.1", Echo.of(pages.get(tab)).requestLine());
    }
    assertEquals(sid, claims().get("sid").asText());
    later(guarded, Duration.ofMinutes(28));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void pageOfAScriptRenewsByAskingWhoIsThere() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    String old = browser.cookie(SESSION);
    assertEquals(
        List.of(), browser.fetch(guarded.base() + "/gatekeeper/session").headers("Set-Cookie"));
    later(guarded, DUE);

    JsonNode told = JSON.readTree(browser.fetch(guarded.base() + "/gatekeeper/session").body());

    assertNotEquals(old, browser.cookie(SESSION));
    assertEquals(claims().get("exp"), told.get("exp"));
    assertEquals(claims().get("due"), told.get("due"));
    later(guarded, Duration.ofMinutes(28));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void renewalWithoutASessionGoesToThePage() throws Exception {
    Guarded guarded = idle();

    Page page = browser.open(renew(guarded, "/page"));

    assertStatus(303, page);
    assertEquals(guarded.base() + "/page", page.location());
    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertEquals(guarded.base() + "/", browser.open(renew(guarded, "//evil.example")).location());
    assertStatus(405, browser.post(renew(guarded, "/page"), Map.of()));
  }

  @Test
  void signedOutSessionIsNotRenewed() throws Exception {
    Guarded guarded = idle();
    signIn(browser, guarded);
    TestBrowser copy = browser.copy();
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());
    later(guarded, DUE);

    Page page = copy.open(renew(guarded, "/page"));

    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertSignedOut(copy, guarded);
  }

  @Test
  void sessionsWithoutAnIdleTimeoutAreNeverDue() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    assertNull(claims().get("due"));
    later(guarded, Duration.ofHours(11));

    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")));
    assertEquals(List.of(), browser.open(renew(guarded, "/page")).headers("Set-Cookie"));
  }
}
