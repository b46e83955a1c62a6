package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider signs people out (OpenID Connect Back-Channel Logout 1.0), and nobody else does. */
abstract class BackChannelContract extends ContractBase {
  private final TestBrowser other = new TestBrowser();

  @Test
  void sidEndsTheSessionsThatComeFromItAlone() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    signInFrom("there-2", other, guarded);

    assertDone(send(guarded, token("there-1")));

    assertSignedOut(browser, guarded);
    assertSignedInAs("alice", other, guarded);
  }

  @Test
  void sessionThatEndedIsOverForNavigationsAndScriptsAlike() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    String page = guarded.base() + "/page";
    assertStatus(200, browser.open(page));
    assertStatus(200, browser.fetch(guarded.base() + "/gatekeeper/session"));

    assertDone(send(guarded, token("there-1")));

    Page begun = browser.open(page).followHere();
    assertTrue(begun.location().startsWith(provider.url(Endpoint.AUTHORIZATION)), begun::toString);
    assertStatus(401, browser.fetch(guarded.base() + "/gatekeeper/session"));
    assertStatus(401, browser.fetch(guarded.base() + "/api/things"));
  }

  @Test
  void subjectWithoutASidEndsAllSessionsOfTheUserAndNobodyElses() throws Exception {
    Guarded guarded = guard();
    TestBrowser bobs = new TestBrowser();
    signInFrom("there-1", browser, guarded);
    signIn(other, guarded);
    provider.signInAs("bob", Map.of());
    signIn(bobs, guarded);

    assertDone(send(guarded, provider.logoutToken().with("sub", "alice")));

    assertSignedOut(browser, guarded);
    assertSignedOut(other, guarded);
    assertSignedInAs("bob", bobs, guarded);
  }

  @Test
  void subjectWithASidEndsThatSessionAlone() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    signInFrom("there-2", other, guarded);

    assertDone(send(guarded, token("there-1").with("sub", "alice")));

    assertSignedOut(browser, guarded);
    assertSignedInAs("alice", other, guarded);
  }

  @Test
  void sameTokenAgainDoesNotEndASessionThatStartedLater() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    String bySession = token("there-1").text();
    String bySubject = provider.logoutToken().with("sub", "alice").text();
    assertDone(send(guarded, bySession));
    assertDone(send(guarded, bySubject));
    assertSignedOut(browser, guarded);
    provider.withClaim("iat", now() + 2);
    signInFrom("there-1", browser, guarded);

    assertDone(send(guarded, bySession));
    assertDone(send(guarded, bySubject));

    assertSignedInAs("alice", browser, guarded);
    assertDone(send(guarded, token("there-1").with("iat", now() + 5)));
    assertSignedOut(browser, guarded);
  }

  @Test
  void oldTokenThatCountsStillDoesNotEndASessionThatStartedLater() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);

    for (long age : List.of(60, 3_600, 365 * 86_400)) {
      assertDone(send(guarded, token("there-1").with("iat", now() - age)));
      assertDone(
          send(guarded, provider.logoutToken().with("sub", "alice").with("iat", now() - age)));
    }

    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void loginThatWasUnderWaySignsNobodyIn() throws Exception {
    Guarded guarded = guard();
    Page answered = beforeCallback(browser, guarded.base() + "/page");
    assertDone(send(guarded, provider.logoutToken().with("sub", "alice").with("iat", now() + 20)));

    Page page = answered.follow();

    assertRefused(page, browser, guarded);
    provider.withClaim("iat", now() + 30);
    signIn(browser, guarded);
  }

  static Stream<Arguments> wrongTokens() {
    return Stream.of(
        wrong("iss of another", t -> t.with("iss", "https://evil.example")),
        wrong("iss missing", t -> t.with("iss", null)),
        wrong("aud of another", t -> t.with("aud", "another-client")),
        wrong("aud of us and another", t -> t.with("aud", List.of("gatekeeper", "x"))),
        wrong("aud missing", t -> t.with("aud", null)),
        wrong("aud empty", t -> t.with("aud", List.of())),
        wrong("aud a number", t -> t.with("aud", 7)),
        wrong("iat missing", t -> t.with("iat", null)),
        wrong("iat to come", t -> t.with("iat", now() + 600)),
        wrong("iat a text", t -> t.with("iat", "now")),
        wrong("exp missing", t -> t.with("exp", null)),
        wrong("exp past", t -> t.with("exp", now() - 600)),
        wrong("nbf to come", t -> t.with("nbf", now() + 600)),
        wrong("jti missing", t -> t.with("jti", null)),
        wrong("jti a number", t -> t.with("jti", 7)),
        wrong("events missing", t -> t.with("events", null)),
        wrong("events empty", t -> t.with("events", Map.of())),
        wrong("events of another kind", t -> t.with("events", Map.of("urn:x", Map.of()))),
        wrong("events a list", t -> t.with("events", List.of(LogoutToken.EVENT))),
        wrong("event a text", t -> t.with("events", Map.of(LogoutToken.EVENT, "x"))),
        wrong("event null", t -> t.payload(json -> json.replace("{}", "null"))),
        wrong("nonce", t -> t.with("nonce", "n-0S6_WzA2Mj")),
        wrong("nonce null", t -> t.payload(json -> json.replaceFirst("\\{", "{\"nonce\":null,"))),
        wrong("neither sub nor sid", t -> t.with("sid", null)),
        wrong("sid a number", t -> t.with("sid", 7).with("sub", "alice")),
        wrong("sid empty", t -> t.with("sid", "").with("sub", "alice")),
        wrong("sub a list", t -> t.with("sub", List.of("alice"))),
        wrong("sid twice", t -> t.payload(json -> json.replaceFirst("\\{", "{\"sid\":\"x\","))),
        wrong("not JSON", t -> t.payload(json -> json.replace('"', '\''))),
        wrong("a list", t -> t.payload(json -> "[" + json + "]")));
  }

  static Stream<Arguments> wrongSignatures() {
    return Stream.of(
        wrong("alg none", t -> t.signWith(Signing.NONE)),
        wrong("alg nOnE", t -> t.signWith(Signing.NONE_MIXED_CASE)),
        wrong("no signature", t -> t.signWith(Signing.EMPTY)),
        wrong("foreign key", t -> t.signWith(Signing.FOREIGN_KEY)),
        wrong("damaged", t -> t.signWith(Signing.DAMAGED)),
        wrong("ES256", t -> t.signWith(Signing.ES256)),
        wrong("HS256 by the secret", t -> t.signWith(Signing.HS256_CLIENT_SECRET)),
        wrong("HS256 by the key's PEM", t -> t.signWith(Signing.HS256_PUBLIC_KEY_PEM)),
        wrong("alg missing", t -> t.header("alg", null)),
        wrong("typ at+jwt", t -> t.header("typ", "at+jwt")),
        wrong("typ secevent+jwt", t -> t.header("typ", "secevent+jwt")),
        wrong("typ JOSE", t -> t.header("typ", "JOSE")),
        wrong("crit", t -> t.header("crit", List.of("x")).header("x", 1)),
        wrong("kid unknown", t -> t.header("kid", "unknown")),
        wrong("two parts", t -> t.compact(text -> text.replaceFirst("\\.[^.]*$", ""))),
        wrong("nothing", t -> t.compact(text -> "")),
        wrong("not a token", t -> t.compact(text -> "abc")),
        wrong("line break", t -> t.compact(text -> text + "\n")),
        wrong("of 40,000 characters", t -> t.with("pad", "x".repeat(30_000)).with("jti", null)));
  }

  private static Arguments wrong(String name, UnaryOperator<LogoutToken> change) {
    return argumentSet(name, change);
  }

  @ParameterizedTest
  @MethodSource({"wrongTokens", "wrongSignatures"})
  void wrongTokenEndsNothing(UnaryOperator<LogoutToken> change) throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);

    Page page = send(guarded, change.apply(token("there-1")));

    assertNotDone(page);
    assertSignedInAs("alice", browser, guarded);
    assertDone(send(guarded, token("there-1")));
    assertSignedOut(browser, guarded);
  }

  static Stream<Arguments> soundTokens() {
    return Stream.of(
        wrong("typ JWT", t -> t.header("typ", "JWT")),
        wrong("typ missing", t -> t.header("typ", null)),
        wrong("typ in capitals", t -> t.header("typ", "LOGOUT+JWT")),
        wrong("kid missing", t -> t.header("kid", null)),
        wrong("aud a list of one", t -> t.with("aud", List.of("gatekeeper"))),
        wrong("exp just past", t -> t.with("exp", now() - 5)),
        wrong("exp not whole", t -> t.with("exp", now() + 60.5)),
        wrong("iat just ahead", t -> t.with("iat", now() + 30)),
        wrong("an event with members", t -> t.with("events", event(Map.of("x", 1)))),
        wrong("more claims", t -> t.with("trace", "x").with("auth_time", 1)));
  }

  private static Map<String, Object> event(Map<String, Object> members) {
    return Map.of(LogoutToken.EVENT, members, "urn:another", Map.of());
  }

  @ParameterizedTest
  @MethodSource("soundTokens")
  void soundTokenEndsTheSession(UnaryOperator<LogoutToken> speciality) throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);

    assertDone(send(guarded, speciality.apply(token("there-1"))));

    assertSignedOut(browser, guarded);
  }

  @Test
  void idTokenIsNoLogoutToken() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);

    assertNotDone(send(guarded, provider.lastIdToken()));

    assertSignedInAs("alice", browser, guarded);
  }

  /** A server that sees the size coming answers before we do. */
  @Test
  void tokenLargerThanAnyFormEndsNothing() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);

    Page page = send(guarded, token("there-1").with("pad", "x".repeat(75_000)));

    assertTrue(page.status() == 400 || page.status() == 413, page::toString);
    assertSignedInAs("alice", browser, guarded);
  }

  @Test
  void tokenByANewKeyOfTheProviderCounts() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    provider.rotateKeys();

    assertDone(send(guarded, token("there-1")));

    assertSignedOut(browser, guarded);
  }

  @Test
  void knownKeysAreEnoughWhileTheProviderIsAway() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    provider.down();

    assertDone(send(guarded, token("there-1")));

    assertSignedOut(browser, guarded);
    provider.up();
  }

  @Test
  void requestThatIsNoFormWithOneTokenEndsNothing() throws Exception {
    Guarded guarded = guard();
    signInFrom("there-1", browser, guarded);
    String token = token("there-1").text();

    assertNotDone(request(guarded, r -> r.form(Map.of())));
    assertNotDone(request(guarded, r -> r.form(Map.of("token", token))));
    assertNotDone(
        request(
            guarded,
            r ->
                r.form(Map.of("logout_token", token))
                    .body("logout_token=" + token + "&logout_token=" + token)));
    assertNotDone(
        request(
            guarded, r -> r.header("Content-Type", "text/plain").body("logout_token=" + token)));
    assertNotDone(
        request(
            guarded,
            r ->
                r.header("Content-Type", "application/json")
                    .body("{\"logout_token\":\"" + token + "\"}")));
    String url = url(guarded) + "?logout_token=" + token;
    assertStatus(405, new TestBrowser().request("GET", url).send());

    assertSignedInAs("alice", browser, guarded);
    assertDone(send(guarded, token));
    assertSignedOut(browser, guarded);
  }

  private LogoutToken token(String session) {
    return provider.logoutToken().with("sid", session);
  }

  static Page send(Guarded guarded, LogoutToken token) {
    return send(guarded, token.text());
  }

  private static Page send(Guarded guarded, String token) {
    return request(guarded, request -> request.form(Map.of("logout_token", token)));
  }

  /** As providers ask: no cookie, no header of a browser's. */
  private static Page request(Guarded guarded, Consumer<TestBrowser.Request> how) {
    TestBrowser.Request request = new TestBrowser().request("POST", url(guarded));
    how.accept(request);
    return request.send();
  }

  private static String url(Guarded guarded) {
    return guarded.base() + "/gatekeeper/backchannel-logout";
  }

  static void assertDone(Page page) {
    assertStatus(200, page);
    assertNotStored(page);
  }

  static void assertNotDone(Page page) throws Exception {
    assertStatus(400, page);
    assertNotStored(page);
    assertTrue(page.header("Content-Type").startsWith("application/json"), page::toString);
    assertEquals(
        "invalid_request", new ObjectMapper().readTree(page.body()).path("error").textValue());
  }

  private static void assertNotStored(Page page) {
    assertEquals("no-store", page.header("Cache-Control"), page::toString);
    assertEquals(List.of(), page.headers("Set-Cookie"));
    assertNull(page.location());
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
