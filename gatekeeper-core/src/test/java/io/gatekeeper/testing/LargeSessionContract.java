package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that take two cookies, and what is kept in a session so that it takes one. */
abstract class LargeSessionContract extends ContractBase {
  private static final String PART = SESSION + "-part2";
  private static final List<String> GROUPS =
      IntStream.rangeClosed(1, 150).mapToObj("data-science-team-%03d"::formatted).toList();

  @Test
  void personIn150GroupsSignsInAndAllOfThemArrive() throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);

    Page page = browser.openAndFollow(guarded.base() + "/page?x=1");

    Echo seen = Echo.of(page);
    assertEquals("GET /page?x=1 HTTP/1.1", seen.requestLine());
    assertEquals("alice", seen.value("X-Auth-Request-User"));
    assertEquals(String.join(",", GROUPS), seen.value("X-Auth-Request-Groups"));
    assertEquals("", seen.value("Cookie"));
    assertNotNull(browser.cookie(PART));
    assertEquals(attributes(SESSION, true), attributes(PART, true));
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void severalKilobytesOfOtherCookiesPassBesideALargeSession() throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);
    signIn(browser, guarded);
    String other = "one=" + "x".repeat(3500) + "; two=" + "y".repeat(3500);
    String session =
        SESSION + "=" + browser.cookie(SESSION) + "; " + PART + "=" + browser.cookie(PART);

    for (String cookies : List.of(other + "; " + session, session + "; " + other)) {
      Echo seen = Echo.of(withCookies(guarded, cookies));
      assertEquals(other, seen.value("Cookie"));
      assertEquals(String.join(",", GROUPS), seen.value("X-Auth-Request-Groups"));
    }
  }

  @Test
  void signOutClearsBothParts() throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);
    signIn(browser, guarded);

    browser.post(guarded.base() + "/gatekeeper/logout", Map.of());

    assertNull(browser.cookie(SESSION));
    assertNull(browser.cookie(PART));
    assertEquals(attributes(PART, true), attributes(PART, false));
    assertSignedOut(browser, guarded);
  }

  @Test
  void smallerSecondLoginClearsTheSecondPart() throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);
    signIn(browser, guarded);
    signInAs("alice", GROUPS.subList(0, 2));

    Page page = browser.openAndFollow(guarded.base() + "/gatekeeper/login?return=/");

    assertEquals(
        "data-science-team-001,data-science-team-002",
        Echo.of(page).value("X-Auth-Request-Groups"));
    assertNotNull(browser.cookie(SESSION));
    assertNull(browser.cookie(PART));
  }

  @Test
  void forgedSecondPartAloneChangesNothing() throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);
    signIn(browser, guarded);
    String stolen = PART + "=" + browser.cookie(PART);
    for (String forged : List.of(PART + "=x", PART + "=", stolen)) {
      assertStatus(401, withCookies(guarded, forged));
      TestBrowser person = new TestBrowser().plant(guarded.base() + "/", forged + "; Path=/");
      signInAs("bob", List.of("staff"));
      signIn(person, guarded);
      assertSignedInAs("bob", person, guarded);
      Page page = withCookies(guarded, SESSION + "=" + person.cookie(SESSION) + "; " + forged);
      assertEquals("staff", Echo.of(page).value("X-Auth-Request-Groups"));
      assertEquals("", Echo.of(page).value("Cookie"));
    }
  }

  @Test
  void noPartOfASessionReachesTheApplication() throws Exception {
    Guarded guarded = guard();
    String cookies = "one=1; %1$s=x; __Host-%1$s=x; __Secure-%1$s=x; %1$s; two=2".formatted(PART);

    Page page =
        browser.request("GET", guarded.base() + "/public/page").scripted().cookies(cookies).send();

    assertEquals("one=1; two=2", Echo.of(page).value("Cookie"));
  }

  @Test
  void halvesOfTwoSessionsCountAsNoneAndTheNextLoginMendsThem() throws Exception {
    Guarded guarded = guard();
    TestBrowser other = new TestBrowser();
    signInAs("mallory", GROUPS);
    signIn(other, guarded);
    signInAs("alice", GROUPS);
    signIn(browser, guarded);
    String first = SESSION + "=" + browser.cookie(SESSION);
    String second = PART + "=" + browser.cookie(PART);

    assertStatus(401, withCookies(guarded, first));
    assertStatus(401, withCookies(guarded, first + "; " + PART + "=" + other.cookie(PART)));
    assertStatus(401, withCookies(guarded, SESSION + "=" + other.cookie(SESSION) + "; " + second));
    assertStatus(200, withCookies(guarded, second + "; " + first));

    browser.plant(guarded.base() + "/", PART + "=" + other.cookie(PART) + "; Path=/");
    signIn(browser, guarded);
    assertSignedInAs("alice", browser, guarded);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoTabsSignInAtOnceAndTheLaterOneCounts(boolean swapped) throws Exception {
    Guarded guarded = guard();
    signInAs("alice", GROUPS);
    Page one = beforeCallback(browser, guarded.base() + "/one");
    signInAs("bob", GROUPS.subList(20, 150));
    Page two = beforeCallback(browser, guarded.base() + "/two");

    Page first = (swapped ? two : one).followAll();
    Page second = (swapped ? one : two).followAll();

    assertEquals(swapped ? "/two" : "/one", first.target());
    assertEquals(swapped ? "/one" : "/two", second.target());
    assertEquals(swapped ? "bob" : "alice", Echo.of(first).value("X-Auth-Request-User"));
    assertEquals(swapped ? "alice" : "bob", Echo.of(second).value("X-Auth-Request-User"));
    assertSignedInAs(swapped ? "alice" : "bob", browser, guarded);
  }

  @Test
  void onlyTheGroupsAskedForAreKeptAndRulesGoByThem() throws Exception {
    Guarded guarded =
        guard(
            Map.of(
                "groups-allow",
                List.of("admins", "data-science-team-00*", "staff"),
                "allow.groups",
                List.of("staff")));
    List<String> groups = new ArrayList<>(GROUPS);
    groups.add("staff");
    signInAs("alice", groups);

    Echo seen = Echo.of(signIn(browser, guarded));

    assertEquals(
        String.join(",", GROUPS.subList(0, 9)) + ",staff", seen.value("X-Auth-Request-Groups"));
    assertNull(browser.cookie(PART));
    assertStatus(403, browser.fetch(guarded.base() + "/admin/page"));
  }

  @Test
  void onlyTheClaimsAskedForAreKept() throws Exception {
    Guarded guarded = guard(Map.of("session.claims", List.of("groups")));
    provider.signInAs(
        "alice",
        Map.of("email", "alice@example.com", "name", "Alice", "groups", List.of("admins")));

    Echo seen = Echo.of(signIn(browser, guarded));

    assertEquals("alice", seen.value("X-Auth-Request-User"));
    assertEquals("admins", seen.value("X-Auth-Request-Groups"));
    assertEquals("", seen.value("X-Auth-Request-Email"));
    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/admin/page")));
    Page session = browser.fetch(guarded.base() + "/gatekeeper/session");
    assertTrue(session.body().contains("\"email\":null"), session::body);
    assertTrue(session.body().contains("\"name\":null"), session::body);
  }

  private void signInAs(String subject, List<String> groups) {
    provider.signInAs(subject, Map.of("email", subject + "@example.com", "groups", groups));
  }

  private Page withCookies(Guarded guarded, String cookies) {
    return browser.request("GET", guarded.base() + "/me").scripted().cookies(cookies).send();
  }

  /** What was last said of a cookie besides its value and age, when it was set or when cleared. */
  private String attributes(String name, boolean set) {
    String last =
        browser.pages().stream()
            .flatMap(page -> page.headers("Set-Cookie").stream())
            .filter(cookie -> cookie.startsWith(name + "="))
            .filter(cookie -> set != cookie.startsWith(name + "=;"))
            .reduce((before, after) -> after)
            .orElseThrow();
    return last.substring(last.indexOf(';')).replaceFirst("Max-Age=[0-9]+; ", "");
  }
}
