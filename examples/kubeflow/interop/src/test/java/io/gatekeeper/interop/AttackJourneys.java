package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who should not get in, or wants to be somebody else. */
abstract class AttackJourneys extends TabJourneys {
  @Test
  void identityOfTheClientsOwnNeverReachesTheApplication() {
    TestBrowser signedIn = new TestBrowser();
    signIn(signedIn, "/page");
    for (String name :
        List.of(
            "kubeflow-userid",
            "Kubeflow-Userid",
            "KUBEFLOW-GROUPS",
            "kubeflow_userid",
            "kubeflow_groups",
            "Kubeflow_Userid",
            "kubeflow.userid",
            "kubeflow.groups")) {
      for (TestBrowser who : List.of(new TestBrowser(), signedIn)) {
        for (String path : List.of("/page", "/public/page", "/dex/healthz")) {
          Page page =
              who.request("GET", picture.url(path)).navigating().line(name + ": root").send();
          assertFalse(page.body().contains(": root"), () -> name + " at " + path + ": " + page);
        }
      }
    }
  }

  @Test
  void publicPageHasAnEmptyIdentityWithoutASession() {
    Echo seen = Echo.of(browser.open(picture.url("/public/page")));

    assertEquals("", seen.value(Picture.USER));
    assertEquals("", seen.value(Picture.GROUPS));
  }

  @Test
  void ourCookiesDoNotReachTheApplication() {
    signIn(browser, "/page");
    browser.plant(picture.url("/"), "theirs=1; Path=/");

    Echo seen = Echo.of(browser.open(picture.url("/page")));

    assertEquals("theirs=1", seen.value("Cookie"));
    assertTrue(browser.cookieNames(Picture.LOGIN).size() == 1, browser.cookies()::toString);
  }

  @Test
  void scriptIsToldToSignInAndBeginsNoLogin() throws Exception {
    assertNothingPasses(
        () -> {
          for (Page page :
              List.of(
                  browser.fetch(picture.url("/page")),
                  browser.open(picture.url("/api/list")),
                  browser.request("POST", picture.url("/page")).scripted().body("{}").send())) {
            assertEquals(401, page.status(), page::toString);
            assertEquals("Bearer", page.header("WWW-Authenticate").split(" ")[0]);
            assertEquals(List.of(), page.headers("Set-Cookie"), page::toString);
          }
        });
  }

  @Test
  void noOtherCookieIsASession() throws Exception {
    signIn(browser, "/page");
    String good = browser.cookie(Picture.SESSION);
    String[] parts = good.split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    List<String> forged =
        List.of(
            "",
            "x",
            encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".",
            encoded("{\"alg\":\"none\",\"typ\":\"gatekeeper-session+jwt\"}") + "." + parts[1] + ".",
            parts[0] + "." + encoded(payload.replace("\"sub\":\"", "\"sub\":\"x")) + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            good.substring(0, good.length() - 5),
            good + "x",
            good + "." + parts[2],
            "\"" + good);
    assertNothingPasses(
        () -> {
          for (String cookie : forged) {
            assertRefused(cookie);
          }
          for (int at = 0; at < good.length(); at += 7) {
            assertRefused(changed(good, at));
          }
        });
    assertSignedIn(browser);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** With another character there: one whose highest bit differs, so that no padding hides it. */
  private static String changed(String token, int at) {
    char other =
        token.charAt(at) == '.' ? '_' : Character.isUpperCase(token.charAt(at)) ? 'z' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private void assertRefused(String cookie) {
    Page page =
        new TestBrowser()
            .request("GET", picture.url("/page"))
            .scripted()
            .cookies(Picture.SESSION + "=" + cookie)
            .send();
    assertEquals(401, page.status(), page::toString);
  }

  @Test
  void callbackOfAnAttackerSignsNobodyIn() {
    Person attacker = picture.provider().another();
    String trap = picture.beforeCallback(new TestBrowser(), "/trap", attacker).location();
    TestBrowser signedIn = new TestBrowser();
    signIn(signedIn, "/page");

    assertProviderAsks(browser.openAndFollow(trap));
    signedIn.openAndFollow(trap);

    assertNull(browser.cookie(Picture.SESSION));
    assertSignedIn(signedIn);
  }

  @Test
  void callbackWithAChangedStateIsRefused() {
    String callback = beforeCallback(browser, "/page").location();
    int state = callback.indexOf("state=") + 30;

    Page page = browser.open(changed(callback, state));

    assertEquals(400, page.status(), page::toString);
    assertNull(browser.cookie(Picture.SESSION));
    assertTrue(Echo.isApplication(browser.openAndFollow(callback)));
  }

  @Test
  void ownEndpointsAreGatekeepersThroughTheGatewayAndBesideIt() throws Exception {
    signIn(browser, "/page");
    String beside = "http://localhost:" + picture.check().endpoints().getPort();
    assertNothingPasses(
        () -> {
          for (String base : List.of(picture.url(""), beside)) {
            assertEquals(401, new TestBrowser().fetch(base + "/gatekeeper/session").status());
            assertEquals(200, new TestBrowser().open(base + "/gatekeeper/logged-out").status());
            assertEquals(400, new TestBrowser().open(base + "/gatekeeper/callback").status());
            Page other = browser.open(base + "/gatekeeper/other");
            assertTrue(other.status() >= 400, other::toString);
          }
          Page page = browser.open(beside + "/page");
          assertEquals(404, page.status(), page::toString);
        });
    assertEquals(200, browser.fetch(picture.url("/gatekeeper/session")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dex/../admin",
        "/dex/..%2fadmin",
        "/dex/%2e%2e/admin",
        "/dex/%2e%2e%2fadmin",
        "/dex/..;/admin",
        "/dex/..\\admin",
        "/dex/..%5cadmin",
        "/dex//../admin",
        "/dex/./../admin",
        "/dex/x/../../admin",
        "/dex%2f..%2fadmin",
        "/dex;/../admin",
        "/public/../admin",
        "/public/.%2e/admin",
        "/public//../../admin",
        "/public/%2e%2e;x/admin",
        "/public%2f..%2fadmin",
        "/gatekeeper/../admin",
        "/gatekeeper/callback/../../admin",
        "/gatekeeper/%2e%2e/admin",
        "//admin",
        "/./admin",
        "/admin/",
        "/admin/.",
        "/admin//x",
        "/admin;x=1",
        "/admin%2fx",
        "/admin%00",
        "/%61dmin",
        "/%2fadmin",
        "/;/admin",
        "/admin?x=/public/",
        "/admin#/public/",
        "http://localhost/admin",
        "http://evil.example/public/../admin",
        "/public/%252e%252e/admin",
        "*"
      })
  void noSpellingOfAPathOpensWhatGroupsAreNeededFor(String target) {
    TestBrowser signedIn = signedIn();
    for (TestBrowser who : List.of(browser, signedIn)) {
      Page page = who.request("GET", picture.url("/x")).navigating().target(target).send();

      boolean admin = Echo.isApplication(page) && opens(Echo.of(page).requestLine());
      assertFalse(admin, () -> target + ": " + page);
    }
  }

  private TestBrowser somebody;

  /** Somebody without groups, signed in once for all spellings. */
  private TestBrowser signedIn() {
    if (somebody == null || somebody.fetch(picture.url("/me")).status() != 200) {
      somebody = new TestBrowser();
      signIn(somebody, "/");
    }
    return somebody;
  }

  /** Whether the most generous of servers could read it as a page under {@code /admin}. */
  private static boolean opens(String requestLine) {
    String path = requestLine.split(" ", -1)[1].split("\\?", 2)[0];
    String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : decoded.replace('\\', '/').split("/+", -1)) {
      String name = segment.split(";", 2)[0];
      if (name.equals("..")) {
        segments.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        segments.add(name);
      }
    }
    return "admin".equals(segments.peekFirst());
  }
}
