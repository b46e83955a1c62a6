package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom of the provider's users the setting {@code allow} lets in, at each step of the way. */
abstract class AdmissionContract extends ContractBase {
  @BeforeEach
  void signInAsAlice() {
    provider.signInAs(
        "alice", Map.of("email", "alice@example.com", "groups", List.of("staff", "people")));
  }

  static Stream<Arguments> narrow() {
    return Stream.of(
        allow("another domain", "email-domains", "example.org"),
        allow("the domain's parent", "email-domains", "com"),
        allow("the domain's end", "email-domains", "ple.com"),
        allow("a domain below", "email-domains", "mail.example.com"),
        allow("another group", "groups", "admins"),
        allow("a group in another case", "groups", "Staff"),
        allow("another user", "users", "bob"),
        allow("the user's mail address", "users", "alice@example.com"));
  }

  static Stream<Arguments> fitting() {
    return Stream.of(
        allow("domain", "email-domains", "example.com"),
        allow("group", "groups", "people"),
        allow("user", "users", "alice"));
  }

  private static Arguments allow(String name, String setting, String value) {
    return argumentSet(name, Map.of("allow." + setting, List.of("somebody.else", value)));
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void whoIsNotAllowedGetsAPageAndNoSession(Map<String, Object> allow) throws Exception {
    Guarded guarded = guard(allow);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertStatus(403, page);
    assertTrue(page.body().contains("not-allowed"), page::toString);
    assertFalse(Echo.isApplication(page));
    assertRefused(page, browser, guarded);
    assertEquals(
        List.of(),
        browser.pages().stream()
            .flatMap(each -> each.headers("Set-Cookie").stream())
            .filter(cookie -> cookie.startsWith(SESSION + "="))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void oneMatchIsEnough(Map<String, Object> allow) throws Exception {
    Guarded guarded = guard(allow);

    signIn(browser, guarded);

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void domainOfAnAddressThatNobodyVouchesForLetsNobodyIn() throws Exception {
    Guarded guarded = guard(Map.of("allow.email-domains", List.of("example.com")));
    for (Object verified : new Object[] {false, "true", 1, null}) {
      provider.withClaim("email_verified", verified);

      Page page = browser.openAndFollow(guarded.base() + "/page");

      assertStatus(403, page);
      assertRefused(page, browser, guarded);
    }
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void sessionFromBeforeIsRefusedOnceItsUserIsNotAllowed(Map<String, Object> allow)
      throws Exception {
    Guarded before = guard();
    signIn(browser, before);
    Guarded guarded = inPlaceOf(before, allow);

    assertStatus(403, asked(guarded, before, "/page").scripted().send());
    assertFalse(Echo.isApplication(asked(guarded, before, "/page").navigating().send()));
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void publicPageSaysNothingOfSomebodyWhoIsNotAllowed(Map<String, Object> allow) throws Exception {
    Guarded before = guard();
    signIn(browser, before);
    Guarded guarded = inPlaceOf(before, allow);

    Page page = asked(guarded, before, "/public/page").navigating().send();

    Echo seen = Echo.of(page);
    IDENTITY_HEADERS.forEach(name -> assertEquals("", seen.value(name), name));
    assertFalse(page.body().contains("alice"), page::toString);
  }

  @ParameterizedTest
  @MethodSource("narrow")
  void sessionEndpointSaysNothingOfSomebodyWhoIsNotAllowed(Map<String, Object> allow)
      throws Exception {
    Guarded before = guard();
    signIn(browser, before);
    Guarded guarded = inPlaceOf(before, allow);

    Page page = asked(guarded, before, "/gatekeeper/session").scripted().send();

    assertStatus(403, page);
    assertFalse(page.body().contains("alice"), page::toString);
  }

  /** The control: it is {@code allow} that refuses the session, and nothing else. */
  @ParameterizedTest
  @MethodSource("fitting")
  void sessionFromBeforeCountsWhereItsUserIsAllowed(Map<String, Object> allow) throws Exception {
    Guarded before = guard();
    signIn(browser, before);
    Guarded guarded = inPlaceOf(before, allow);

    for (String path : List.of("/page", "/public/page")) {
      Page page = asked(guarded, before, path).scripted().send();
      assertEquals("alice", Echo.of(page).value("X-Auth-Request-User"), page::toString);
    }
    assertStatus(200, asked(guarded, before, "/gatekeeper/session").scripted().send());
  }

  /** The same service, with the same secret and under the same URL, set up anew. */
  private Guarded inPlaceOf(Guarded before, Map<String, Object> allow) throws Exception {
    Map<String, Object> settings = new HashMap<>(allow);
    settings.put("external-url", before.base());
    return guardCold(settings);
  }

  private TestBrowser.Request asked(Guarded guarded, Guarded before, String path) {
    return browser
        .request("GET", guarded.base() + path)
        .header("Host", before.base().substring("http://".length()))
        .cookies(SESSION + "=" + browser.cookie(SESSION));
  }
}
