package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The provider is asked, with a refresh token, whether a user is still who they were. */
abstract class RefreshContract extends RefreshBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void refreshTokenIsSealedForOwnEndpointsAlone() throws Exception {
    signedIn();
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");

    BrowserCookie cookie =
        browser.cookies().stream().filter(each -> each.name().equals(REFRESH)).findFirst().get();
    assertEquals("/gatekeeper", cookie.path());
    assertFalse(payload(browser).contains("refresh"), "in the session's token");
    for (Page page : browser.pages()) {
      assertFalse(page.everything().contains("refresh-"), page::toString);
      assertFalse(page.url().contains("refresh-"), page::toString);
    }
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void changedGroupArrivesAtTheNextRenewal() throws Exception {
    signedIn();
    String before = payload(browser);
    groups("staff", "admins");
    minutes(14);
    assertStatus(403, browser.openAndFollow(guarded.base() + "/admin/page"));
    minutes(1);

    Page page = browser.openAndFollow(guarded.base() + "/admin/page");

    assertEquals("staff,admins", Echo.of(page).value("X-Auth-Request-Groups"));
    for (String same : List.of("sid", "started", "end", "exp", "login", "auth_time")) {
      assertEquals(
          JSON.readTree(before).get(same), JSON.readTree(payload(browser)).get(same), same);
    }
  }

  @Test
  void lostGroupIsLostAtTheNextRenewal() throws Exception {
    signedIn();
    groups("admins");
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");
    groups("staff");
    minutes(15);

    assertStatus(403, browser.openAndFollow(guarded.base() + "/admin/page"));
  }

  @Test
  void refreshTokensAreUsedInTurnAndOnceEach() throws Exception {
    signedIn();
    for (int period = 0; period < 4; period++) {
      minutes(15);
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
      assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")), "not due again");
    }

    assertEquals(4, provider.refreshes().size());
    assertEquals(4, new HashSet<>(provider.refreshes()).size());
  }

  @Test
  void refreshTokenThatStaysTheSameIsUsedEachTime() throws Exception {
    provider.keepRefreshTokens();
    signedIn();
    for (int period = 0; period < 3; period++) {
      minutes(15);
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    }

    assertEquals(3, provider.refreshes().size());
    assertEquals(1, new HashSet<>(provider.refreshes()).size());
  }

  @Test
  void idleSessionIsRenewedOftenAndTheProviderAskedSeldom() throws Exception {
    signedIn(Map.of("session.idle-timeout", "30m"));
    for (int round = 0; round < 10; round++) {
      minutes(3);
      assertTrue(browser.open(guarded.base() + "/page").redirects(), "due");
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    }

    assertEquals(2, provider.refreshes().size());
  }

  @Test
  void withoutARefreshTokenTheProviderIsNotAsked() throws Exception {
    guarded = guard();
    signIn(browser, guarded);
    minutes(60);

    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")));
    assertEquals(1, provider.tokenRequests());
  }

  @Test
  void latecomerWithTheOldTokensGetsTheSameAnswer() throws Exception {
    signedIn();
    minutes(15);
    TestBrowser late = browser.copy();
    browser.openAndFollow(guarded.base() + "/page");

    assertTrue(Echo.isApplication(late.openAndFollow(guarded.base() + "/page")));

    assertEquals(1, provider.refreshes().size());
    assertEquals(browser.cookie(SESSION), late.cookie(SESSION));
  }

  @Test
  void twoHundredRequestsAtOnceAreOneRefresh() throws Exception {
    signedIn();
    minutes(15);
    provider.delayTokenResponse(Duration.ofMillis(300));
    List<Callable<Page>> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String url = guarded.base() + (i % 4 == 0 ? "/gatekeeper/session" : "/page?tab=" + i % 3);
      requests.add(i % 4 == 0 ? () -> browser.fetch(url) : () -> browser.openAndFollow(url));
    }
    ExecutorService tabs = Executors.newFixedThreadPool(200);
    try {
      for (Future<Page> page : tabs.invokeAll(requests)) {
        assertStatus(200, page.get());
      }
    } finally {
      tabs.shutdownNow();
    }

    assertEquals(1, provider.refreshes().size());
    assertEquals(1, browser.cookieNames(SESSION).stream().filter(SESSION::equals).count());
    assertSignedInAs("alice", browser, guarded);
    minutes(15);
    provider.behave();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")), "the next");
    assertEquals(2, provider.refreshes().size());
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size(), "nobody signed in again");
  }

  @Test
  void providerThatIsOffForTenMinutesSignsNobodyOut() throws Exception {
    signedIn();
    minutes(15);
    provider.down();
    for (int minute = 0; minute < 10; minute++) {
      assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
      assertTrue(Echo.isApplication(browser.open(guarded.base() + "/page")), "no call each time");
      assertSignedInAs("alice", browser, guarded);
      assertStatus(200, browser.fetch(guarded.base() + "/gatekeeper/session"));
      minutes(1);
    }
    provider.up();
    groups("admins");

    Page page = browser.openAndFollow(guarded.base() + "/admin/page");

    assertEquals("admins", Echo.of(page).value("X-Auth-Request-Groups"));
    assertEquals(1, provider.refreshes().size());
  }

  @Test
  void faultDoesNotMakeAShortPeriodLonger() throws Exception {
    signedIn(Map.of("session.revalidate", "20s"));
    later(guarded, Duration.ofSeconds(20));
    provider.down();
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    provider.up();
    groups("admins");
    later(guarded, Duration.ofSeconds(20));

    assertStatus(200, browser.openAndFollow(guarded.base() + "/admin/page"));
  }

  @Test
  void providerThatIsOffDoesNotProlongASessionBeyondItsEnd() throws Exception {
    signedIn(Map.of("session.lifetime", "20m"));
    minutes(15);
    provider.down();
    browser.openAndFollow(guarded.base() + "/page");
    minutes(4);
    browser.openAndFollow(guarded.base() + "/page");
    assertSignedInAs("alice", browser, guarded);
    minutes(1);

    assertSignedOut(browser, guarded);
    provider.up();
  }

  @Test
  void newRefreshTokenIsKeptThoughTheAnswerCouldNotBeUsed() throws Exception {
    signedIn(Map.of("userinfo", true));
    minutes(15);
    provider.answer(Endpoint.USERINFO, 503, "text/plain", "busy");
    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));
    provider.behave();
    minutes(1);

    assertTrue(Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")));

    assertEquals(2, new HashSet<>(provider.refreshes()).size());
    assertEquals(1, provider.requests(Endpoint.AUTHORIZATION).size(), "nobody signed in again");
  }

  @Test
  void sessionThatTheProviderEndedEndsHereAtTheSecondLook() throws Exception {
    signedIn();
    minutes(15);
    provider.forgetRefreshTokens();

    Page renew = browser.open(guarded.base() + "/page").follow();
    assertTrue(renew.location().contains("/gatekeeper/renew?return="), renew::toString);
    assertEquals(0, renew.headers("Set-Cookie").size(), renew::toString);
    Page cleared = renew.follow();

    assertEquals(guarded.base() + "/page", cleared.location(), cleared::toString);
    assertNull(browser.cookie(SESSION));
    assertNull(browser.cookie(REFRESH));
    assertEquals(1, provider.refreshes().size(), "asked once");
    assertTrue(
        cleared.follow().followHere().location().startsWith(provider.url(Endpoint.AUTHORIZATION)));
  }

  @Test
  void refreshTokenOfOneSessionNeverServesAnother() throws Exception {
    signedIn();
    TestBrowser other = new TestBrowser();
    provider.signInAs("bob", Map.of());
    signIn(other, guarded);
    String bobs = other.cookie(SESSION);
    minutes(15);
    other.plant(
        guarded.base() + "/gatekeeper/session",
        REFRESH + "=" + browser.cookie(REFRESH) + "; Path=/gatekeeper");

    Page page = other.openAndFollow(guarded.base() + "/page");

    assertEquals("bob", Echo.of(page).value("X-Auth-Request-User"));
    assertNotEquals(bobs, other.cookie(SESSION));
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void signInOfAnotherInASecondTabIsNotUndoneByARefreshUnderWay() throws Exception {
    signedIn();
    minutes(15);
    provider.signInAs("bob", Map.of());
    String callback =
        beforeCallback(browser, guarded.base() + "/gatekeeper/login?return=/").location();
    // The same callback shares its exchange, so that the one below has no need of the slow
    // provider.
    browser.copy().forget(SESSION).open(callback);
    Page answer =
        during(
            () -> {
              browser.open(callback);
              assertSignedInAs("bob", browser, guarded);
            });

    assertTrue(
        answer.headers("Set-Cookie").stream().noneMatch(cookie -> cookie.startsWith(SESSION + "=")),
        answer::toString);
    assertSignedInAs("bob", browser, guarded);
    provider.behave();
    minutes(15);
    Page page = browser.openAndFollow(guarded.base() + "/page");
    assertEquals("bob", Echo.of(page).value("X-Auth-Request-User"));
  }

  @Test
  void revokedSessionIsNotRefreshed() throws Exception {
    signedIn();
    TestBrowser copy = browser.copy();
    minutes(15);
    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    Page page = copy.open(guarded.base() + "/gatekeeper/renew?return=/page");

    assertEquals(0, page.headers("Set-Cookie").size(), page::toString);
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void signOutRevokesTheRefreshTokenAtTheProvider() throws Exception {
    signedIn();
    minutes(15);
    browser.openAndFollow(guarded.base() + "/page");

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
    String revoked = provider.requests(Endpoint.REVOCATION).get(0).parameter("token");
    assertNotEquals(provider.refreshes().get(0), revoked, "the latest");
    await(() -> !provider.knowsRefreshToken(revoked));
    assertNull(browser.cookie(REFRESH));
  }

  @Test
  void signOutAfterTheIdleEndRevokesTheRefreshTokenToo() throws Exception {
    signedIn(Map.of("session.idle-timeout", "10m"));
    minutes(11);
    assertSignedOut(browser.copy(), guarded);

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
    assertNull(browser.cookie(REFRESH));
  }

  @Test
  void signOutIsNotKeptWaitingByTheRevocation() throws Exception {
    signedIn();
    provider.answer(Endpoint.REVOCATION, 503, "text/plain", "busy");

    Page page = browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertStatus(303, page);
    assertSignedOut(browser, guarded);
    await(() -> provider.requests(Endpoint.REVOCATION).size() == 1);
  }

  @Test
  void signOutWithoutARevocationEndpointRevokesNothing() throws Exception {
    provider.withoutMetadata("revocation_endpoint");
    signedIn();

    assertStatus(303, browser.post(guarded.base() + "/gatekeeper/logout", Map.of()));

    assertSignedOut(browser, guarded);
    assertEquals(List.of(), provider.requests(Endpoint.REVOCATION));
  }

  private static String payload(TestBrowser who) throws IOException {
    JsonNode claims =
        JSON.readTree(Base64.getUrlDecoder().decode(who.cookie(SESSION).split("\\.", -1)[1]));
    return claims.toString();
  }
}
