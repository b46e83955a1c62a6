package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the provider is away, slow, odd or wrong. */
abstract class ProviderContract extends ContractBase {
  private static final List<String> NONE = List.of("none");

  @Test
  void providerThatIsAwayAtStartIsMissedOnlyByThoseWhoSignIn() throws Exception {
    provider.down();
    Guarded guarded = guardCold(Map.of());

    Page page = browser.open(guarded.base() + "/page").followHere();

    assertUnavailable(page);
    assertStatus(401, browser.fetch(guarded.base() + "/page"));
    assertTrue(Echo.isApplication(browser.open(guarded.base() + "/public/page")));
    provider.up();
    awaitLogin(guarded);
  }

  @Test
  void providerThatGoesAwayInTheMiddleOfALoginIsAPageThatSaysSo() throws Exception {
    Guarded guarded = guard();
    TestBrowser user = new TestBrowser();
    signIn(user, guarded);
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    provider.down();

    Page page = browser.open(callback);

    assertUnavailable(page);
    assertNull(browser.cookie(SESSION));
    assertSignedInAs("alice", user, guarded);
    provider.up();
    awaitLogin(guarded);
  }

  private void assertUnavailable(Page page) {
    assertStatus(503, page);
    assertNotNull(page.header("Retry-After"), page::toString);
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
  }

  private void awaitLogin(Guarded guarded) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Page page;
    do {
      page = new TestBrowser().openAndFollow(guarded.base() + "/page");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    } while (!Echo.isApplication(page) && System.nanoTime() < deadline);
    assertTrue(Echo.isApplication(page), page::toString);
  }

  static Stream<Arguments> uselessAnswers() {
    return Stream.of(
        answer("500", p -> p.answer(Endpoint.TOKEN, 500, "text/plain", "Oops")),
        answer("HTML", p -> p.answer(Endpoint.TOKEN, 200, "text/html", "<html>Hello</html>")),
        answer("empty", p -> p.answer(Endpoint.TOKEN, 200, "application/json", "")),
        answer("a list", p -> p.answer(Endpoint.TOKEN, 200, "application/json", "[]")),
        answer("truncated", p -> p.truncate(Endpoint.TOKEN)),
        answer("reset", p -> p.reset(Endpoint.TOKEN)),
        answer("redirect", p -> p.redirect(Endpoint.TOKEN, p.url(Endpoint.JWKS))),
        answer("invalid_client", p -> p.refuseTokens("invalid_client")),
        answer("without an ID token", p -> p.withoutTokenMember("id_token")),
        answer("without a token type", p -> p.withoutTokenMember("token_type")),
        answer("another token type", p -> p.withTokenMember("token_type", "mac")),
        answer("ID token a number", p -> p.withTokenMember("id_token", 7)),
        answer("huge", p -> p.withTokenMember("pad", "x".repeat(8 << 20))),
        answer("keys are HTML", p -> p.answer(Endpoint.JWKS, 200, "text/html", "<html>")),
        answer("keys are away", p -> p.answer(Endpoint.JWKS, 500, "text/plain", "")),
        answer("keys are huge", p -> p.answer(Endpoint.JWKS, 200, "application/json", huge())));
  }

  private static String huge() {
    return "{\"pad\":\"" + "x".repeat(8 << 20) + "\"}";
  }

  private static Arguments answer(String name, Consumer<FakeProvider> misbehaviour) {
    return argumentSet(name, misbehaviour);
  }

  @ParameterizedTest
  @MethodSource("uselessAnswers")
  void uselessAnswerSignsNobodyInAndTellsNothing(Consumer<FakeProvider> misbehaviour)
      throws Exception {
    Guarded guarded = guard();
    misbehaviour.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTrue(page.status() >= 400 && page.status() != 500, page::toString);
    assertNull(browser.cookie(SESSION));
    assertFalse(page.body().contains("Exception"), page::toString);
    assertFalse(page.body().contains(provider.clientSecret()));
    provider.behave();
    awaitLogin(guarded);
  }

  static Stream<Arguments> soundAnswers() {
    return Stream.of(
        answer("token type in odd case", p -> p.withTokenMember("token_type", "bEaReR")),
        answer("no lifetime", p -> p.withoutTokenMember("expires_in")),
        answer("unknown members", p -> p.withTokenMember("x_more", Map.of("a", List.of(1)))),
        answer("metadata with more", p -> p.withMetadata("x_more", Map.of("a", List.of(1)))),
        answer(
            "metadata without what is optional",
            p ->
                p.withoutMetadata("scopes_supported")
                    .withoutMetadata("code_challenge_methods_supported")
                    .withoutMetadata("userinfo_endpoint")
                    .withoutMetadata("end_session_endpoint")),
        answer(
            "without RFC 9207",
            p ->
                p.withoutMetadata("authorization_response_iss_parameter_supported")
                    .withoutAuthorizationParameter("iss")));
  }

  @ParameterizedTest
  @MethodSource("soundAnswers")
  void soundAnswerSignsIn(Consumer<FakeProvider> speciality) throws Exception {
    speciality.accept(provider);
    Guarded guarded = guard();

    signIn(browser, guarded);
  }

  static Stream<Arguments> uselessMetadata() {
    return Stream.of(
        answer("issuer with a slash", p -> p.withMetadata("issuer", p.issuer() + "/")),
        answer("another issuer", p -> p.withMetadata("issuer", "https://evil.example")),
        answer("no issuer", p -> p.withoutMetadata("issuer")),
        answer("no authorization endpoint", p -> p.withoutMetadata("authorization_endpoint")),
        answer("no token endpoint", p -> p.withoutMetadata("token_endpoint")),
        answer("no keys", p -> p.withoutMetadata("jwks_uri")),
        answer("a blank in a list", p -> p.withMetadata("scopes_supported", List.of("openid", ""))),
        answer("only none", p -> p.withMetadata("id_token_signing_alg_values_supported", NONE)),
        answer("HTML", p -> p.answer(Endpoint.DISCOVERY, 200, "text/html", "<html>")),
        answer("huge", p -> p.withMetadata("pad", "x".repeat(8 << 20))),
        answer("truncated", p -> p.truncate(Endpoint.DISCOVERY)));
  }

  @ParameterizedTest
  @MethodSource("uselessMetadata")
  void uselessMetadataBeginsNoLogin(Consumer<FakeProvider> misbehaviour) throws Exception {
    misbehaviour.accept(provider);
    Guarded guarded = guardCold(Map.of());

    Page page = browser.open(guarded.base() + "/page").followHere();

    assertStatus(503, page);
    assertEquals(0, provider.requests(Endpoint.AUTHORIZATION).size());
    provider.behave();
    awaitLogin(guarded);
  }

  @Test
  void slowProviderIsNotWaitedForLong() throws Exception {
    Guarded guarded = guard(Map.of("provider-timeout", "PT1S"));
    TestBrowser user = new TestBrowser();
    signIn(user, guarded);
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    provider.delayTokenResponse(Duration.ofSeconds(30));

    long start = System.nanoTime();
    Page page = browser.open(callback);

    assertUnavailable(page);
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
    assertSignedInAs("alice", user, guarded);
  }

  @Test
  void answerThatDripsIsNotWaitedForLong() throws Exception {
    Guarded guarded = guard(Map.of("provider-timeout", "PT1S"));
    String callback = beforeCallback(browser, guarded.base() + "/page").location();
    provider.drip(Endpoint.TOKEN);

    long start = System.nanoTime();
    Page page = browser.open(callback);

    assertUnavailable(page);
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
  }

  @ParameterizedTest
  @EnumSource(OddKey.class)
  void oddKeySpoilsNothing(OddKey key) throws Exception {
    provider.publish(key);
    Guarded guarded = guard();

    signIn(browser, guarded);
  }

  @Test
  void providerWithoutKeysSignsNobodyIn() throws Exception {
    provider.answer(Endpoint.JWKS, 200, "application/json", "{\"keys\":[]}");
    Guarded guarded = guard();

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTrue(page.status() >= 400 && page.status() != 500, page::toString);
    assertSignedOut(browser, guarded);
  }

  @Test
  void manyUnknownKidsAreFewFetches() throws Exception {
    Guarded guarded = guard();
    signIn(new TestBrowser(), guarded);
    int before = provider.jwksRequests();
    provider.withHeader("kid", "unknown");

    for (int i = 0; i < 20; i++) {
      TestBrowser person = new TestBrowser();
      Page page = person.openAndFollow(guarded.base() + "/page");
      assertTrue(page.status() >= 400 && page.status() != 500, page::toString);
      assertNull(person.cookie(SESSION));
    }

    assertTrue(provider.jwksRequests() - before <= 2, "fetches: " + provider.jwksRequests());
    provider.behave();
    signIn(browser, guarded);
  }

  @Test
  void keysRotatedBetweenTwoLoginsAreFetchedOnce() throws Exception {
    Guarded guarded = guard();
    signIn(new TestBrowser(), guarded);
    int before = provider.jwksRequests();
    provider.rotateKeys();

    signIn(browser, guarded);

    assertEquals(before + 1, provider.jwksRequests());
  }

  @Test
  void keysRotatedJustBeforeSigningAreFetchedOnce() throws Exception {
    Guarded guarded = guard();
    signIn(new TestBrowser(), guarded);
    int before = provider.jwksRequests();
    provider.rotateKeysBeforeSigning();

    signIn(browser, guarded);

    assertEquals(before + 1, provider.jwksRequests());
  }

  @Test
  void oldKeyIsNotTrustedOnceItIsGone() throws Exception {
    Guarded guarded = guard();
    signIn(new TestBrowser(), guarded);
    provider.rotateKeys();
    signIn(new TestBrowser(), guarded);

    provider.signWith(Signing.FOREIGN_KEY);

    assertRefused(browser.openAndFollow(guarded.base() + "/page"), browser, guarded);
  }

  @Test
  void manyFirstLoginsAtOnceFetchMetadataAndKeysOnce() throws Exception {
    Guarded guarded = guardCold(Map.of());

    List<Page> pages =
        Tabs.together(20, tab -> new TestBrowser().openAndFollow(guarded.base() + "/page/" + tab));

    pages.forEach(page -> assertTrue(Echo.isApplication(page), page::toString));
    assertEquals(1, provider.discoveryRequests());
    assertEquals(1, provider.jwksRequests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void clientSecretMayHaveOddCharacters(String way) throws Exception {
    provider.registerClient("gate keeper:1", "p:%+ &=\u00fc/?'\"0123456789", way);
    Guarded guarded = guard(Map.of("token-endpoint-auth-method", way));

    signIn(browser, guarded);
  }

  @Test
  void clientMayBePublic() throws Exception {
    provider.registerClient("gatekeeper", "", "none");
    Guarded guarded = guard();

    signIn(browser, guarded);

    assertNull(provider.lastTokenRequest().header("Authorization"));
    assertNull(provider.lastTokenRequest().parameter("client_secret"));
  }

  @Test
  void userinfoAddsWhatTheIdTokenLacks() throws Exception {
    provider.signInAs("alice", Map.of("email", "alice@example.com"));
    provider.withoutClaim("email");
    Guarded guarded = guard(Map.of("userinfo", true));

    signIn(browser, guarded);

    Echo seen = Echo.of(browser.open(guarded.base() + "/page"));
    assertEquals("alice@example.com", seen.value("X-Auth-Request-Email"));
    assertEquals(1, provider.userinfoRequests());
  }

  static Stream<Arguments> wrongUserinfo() {
    return Stream.of(
        answer("of another", p -> p.withUserinfo("sub", "bob")),
        answer("of nobody", p -> p.withUserinfo("sub", null)),
        answer("HTML", p -> p.answer(Endpoint.USERINFO, 200, "text/html", "<html>")),
        answer(
            "unsigned",
            p ->
                p.answer(
                    Endpoint.USERINFO,
                    200,
                    "application/jwt",
                    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.")));
  }

  @ParameterizedTest
  @MethodSource("wrongUserinfo")
  void wrongUserinfoSignsNobodyIn(Consumer<FakeProvider> misbehaviour) throws Exception {
    Guarded guarded = guard(Map.of("userinfo", true));
    misbehaviour.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertRefused(page, browser, guarded);
    provider.behave();
    signIn(browser, guarded);
  }
}
