package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets where, and what the application behind learns. */
abstract class AccessContract extends ContractBase {
  @Test
  void applicationLearnsWhoItIsAndNothingElse() throws Exception {
    Guarded guarded = guard();
    provider.signInAs(
        "cn=admin,dc=example,dc=org",
        Map.of(
            "email", "j\u00fcrgen@example.com",
            "groups", List.of("x,admins", "staff", "50%"),
            "preferred_username", "j\r\nX-Evil: 1"));
    signIn(browser, guarded);

    Echo seen = Echo.of(browser.open(guarded.base() + "/page"));

    assertEquals("cn=admin,dc=example,dc=org", seen.value("X-Auth-Request-User"));
    assertEquals("j%C3%BCrgen@example.com", seen.value("X-Auth-Request-Email"));
    assertEquals("x%2Cadmins,staff,50%25", seen.value("X-Auth-Request-Groups"));
    assertEquals("j%0D%0AX-Evil: 1", seen.value("X-Auth-Request-Preferred-Username"));
    assertEquals(List.of(), seen.values("X-Evil"));
    assertForbidden(guarded, "/admin");
  }

  @Test
  void headersWithoutAValueAreEmpty() throws Exception {
    Guarded guarded = guard();
    provider.signInAs("alice", Map.of());
    signIn(browser, guarded);

    Page page = forged(browser, guarded, "/page").send();

    Echo seen = Echo.of(page);
    assertEquals("alice", seen.value("X-Auth-Request-User"));
    assertEquals("", seen.value("X-Auth-Request-Email"));
    assertEquals("", seen.value("X-Auth-Request-Groups"));
    assertEquals("", seen.value("X-Auth-Request-Preferred-Username"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "\"true\"", "null", "1"})
  void addressThatNobodyVouchesForIsNotTold(String verified) throws Exception {
    Guarded guarded = guard();
    provider.withClaim("email_verified", new ObjectMapper().readValue(verified, Object.class));
    signIn(browser, guarded);

    Echo seen = Echo.of(browser.open(guarded.base() + "/page"));

    assertEquals("alice", seen.value("X-Auth-Request-User"));
    assertEquals("", seen.value("X-Auth-Request-Email"));
  }

  @Test
  void addressThatNobodyVouchesForIsToldWhereTheSettingsTrustIt() throws Exception {
    Guarded guarded = guard(Map.of("insecure-trust-unverified-email", true));
    provider.withClaim("email_verified", false);
    signIn(browser, guarded);

    Echo seen = Echo.of(browser.open(guarded.base() + "/page"));

    assertEquals("alice@example.com", seen.value("X-Auth-Request-Email"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT"})
  void methodsThatNoApplicationAnswersReachNone(String method) throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    for (String path : List.of("/page", "/public/page")) {
      Page page = browser.request(method, guarded.base() + path).scripted().send();
      assertTrue(page.status() >= 400, page::toString);
      assertTrue(page.status() < 500 || !guarded.receives(method), page::toString);
      assertFalse(Echo.isApplication(page), page::toString);
    }
  }

  @Test
  void publicPathsAreOpenAndSayWhoIsThere() throws Exception {
    Guarded guarded = guard();

    Echo stranger = Echo.of(forged(browser, guarded, "/public/page").send());
    signIn(browser, guarded);
    Echo user = Echo.of(forged(browser, guarded, "/public/page").send());

    IDENTITY_HEADERS.forEach(name -> assertEquals("", stranger.value(name), name));
    assertEquals("alice", user.value("X-Auth-Request-User"));
    assertEquals("alice@example.com", user.value("X-Auth-Request-Email"));
  }

  private static TestBrowser.Request forged(TestBrowser browser, Guarded guarded, String path) {
    TestBrowser.Request request = browser.request("GET", guarded.base() + path).navigating();
    for (String name : IDENTITY_HEADERS) {
      request.line(name + ": root").line(name.toUpperCase(Locale.ROOT) + ": root");
      request.line(name.toLowerCase(Locale.ROOT) + ": root");
    }
    return request;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Auth_Request_User",
        "x_auth-request_groups",
        "X.Auth.Request.User",
        "X-Auth.Request_Email",
      })
  void aliasesOfIdentityHeadersNeverReachTheApplication(String alias) throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);

    for (String path : List.of("/page", "/public/page")) {
      Page page =
          browser.request("GET", guarded.base() + path).navigating().header(alias, "root").send();
      if (Echo.isApplication(page)) {
        assertTrue(
            Echo.of(page).headers().stream().noneMatch(header -> header.getValue().equals("root")),
            page::toString);
      }
    }
  }

  @Test
  void applicationGetsAllCookiesButOurs() throws Exception {
    Guarded guarded = guard();
    signIn(browser, guarded);
    String login = browser.cookieNames(LOGIN).get(0);

    Page page =
        browser
            .request("GET", guarded.base() + "/page")
            .navigating()
            .cookies(
                "a=1; "
                    + SESSION
                    + "="
                    + browser.cookie(SESSION)
                    + "; b=\"x y\"; "
                    + login
                    + "="
                    + browser.cookie(login)
                    + "; gatekeepers=2; c==%3B=; d")
            .send();

    assertEquals("a=1; b=\"x y\"; gatekeepers=2; c==%3B=; d", Echo.of(page).value("Cookie"));
    assertEquals("", Echo.of(browser.open(guarded.base() + "/page")).value("Cookie"));
  }

  @Test
  void rulesAskForGroups() throws Exception {
    Guarded guarded = guard();
    provider.signInAs("alice", Map.of("groups", List.of("staff")));
    signIn(browser, guarded);
    TestBrowser admin = new TestBrowser();
    provider.signInAs("root", Map.of("groups", List.of("admins")));
    signIn(admin, guarded);

    assertForbidden(guarded, "/admin/page");
    assertForbidden(guarded, "/admin");
    assertTrue(Echo.isApplication(admin.open(guarded.base() + "/admin/page")));
    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/administration")));
  }

  @Test
  void rulesAskForMethods() throws Exception {
    Guarded guarded =
        guard(
            Map.of(
                "rules",
                List.of(
                    Map.of("path", "/read/**", "methods", List.of("GET"), "access", "public"))));

    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/read/x")));
    assertStatus(200, browser.request("HEAD", guarded.base() + "/read/x").navigating().send());
    signIn(browser, guarded);
    assertStatus(403, browser.request("POST", guarded.base() + "/read/x").scripted().send());
    assertStatus(
        403,
        browser
            .request("POST", guarded.base() + "/read/x")
            .scripted()
            .header("X-HTTP-Method-Override", "GET")
            .send());
  }

  @Test
  void whatNoRuleNamesCanBeClosed() throws Exception {
    Guarded guarded =
        guardCold(
            Map.of(
                "default",
                "deny",
                "rules",
                List.of(
                    Map.of("path", "/", "access", "session"),
                    Map.of("path", "/public/**", "access", "public"))));
    signIn(browser, guarded);

    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/public/x")));
    assertForbidden(guarded, "/elsewhere");
    assertFalse(Echo.isApplication(new TestBrowser().open(guarded.base() + "/elsewhere")));
  }

  private void assertForbidden(Guarded guarded, String path) {
    assertStatus(403, browser.open(guarded.base() + path).followHere());
    assertStatus(403, browser.fetch(guarded.base() + path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//admin",
        "/./admin",
        "/public/../admin",
        "/public/..;/admin",
        "/public/%2e%2e/admin",
        "/public/%2e%2e%2fadmin",
        "/public%2f..%2fadmin",
        "/public/..%5cadmin",
        "/public\\..\\admin",
        "/public/.%2e/admin",
        "/public//../admin",
        "/public;/../admin",
        "/public/;/../../admin",
        "/public/%2e%2e;x/admin",
        "/%61dmin",
        "/admin/.",
        "/admin/",
        "/admin%2f",
        "/admin%2fx",
        "/admin//x",
        "/admin;x=1",
        "/admin;x=1/y",
        "/;/admin",
        "/;x=/public/../admin",
        "/admin%00",
        "/admin%00/public/",
        "/%u002fadmin",
        "/%2fadmin",
        "/%2e/admin",
        "/admin?",
        "/admin?x=/public/",
        "/admin?/public/x",
        "http://localhost/admin",
        "http://evil.example/public/../admin",
        "*",
        "localhost:80",
        "admin",
        "/public/x/../../admin",
        "/public/%2E%2E/%61dmin"
      })
  void noSpellingOfAPathOpensIt(String target) throws Exception {
    Guarded guarded = guard();
    TestBrowser stranger = new TestBrowser();
    provider.signInAs("alice", Map.of("groups", List.of("staff")));
    signIn(browser, guarded);

    for (TestBrowser who : List.of(stranger, browser)) {
      for (boolean person : new boolean[] {true, false}) {
        Page page = raw(who, guarded, target, person);
        assertTrue(page.status() < 500, () -> target + ": " + page);
        assertFalse(
            Echo.isApplication(page) && !isMadePublic(guarded, target, page),
            () -> target + ": " + page);
      }
    }
  }

  /** A host that rewrites a path before it asks sends on what was judged, and nothing else. */
  private static boolean isMadePublic(Guarded guarded, String target, Page page) {
    String shown = guarded.asShown(target);
    return !shown.equals(target)
        && shown.startsWith("/public/")
        && Echo.of(page).requestLine().contains(" " + shown + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ADMIN",
        "/PUBLIC/x",
        "/publicX",
        "/admin.",
        "/admin%20",
        "/admin%c0%af",
        "/x?/public/",
        "/x/public/y",
        "/public%2fx/../../y",
        "/admin%3f/public/",
        "/admin%23/public/",
        "/public/%252e%252e/admin"
      })
  void noSpellingOfAPathIsPublicByMistake(String target) throws Exception {
    Guarded guarded = guard();

    Page page = raw(new TestBrowser(), guarded, target, false);

    assertFalse(Echo.isApplication(page), page::toString);
    assertTrue(page.status() < 500, page::toString);
  }

  private static Page raw(TestBrowser who, Guarded guarded, String target, boolean person) {
    TestBrowser.Request request = who.request("GET", guarded.base() + "/x").target(target);
    return (person ? request.navigating() : request.scripted()).send();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-probe/1.30", "GoogleHC/1.0", "Prometheus/2.0"})
  void noUserAgentOpensAPath(String agent) throws Exception {
    Guarded guarded = guard();

    Page page =
        browser
            .request("GET", guarded.base() + "/page")
            .scripted()
            .header("User-Agent", agent)
            .send();

    assertStatus(401, page);
  }
}
