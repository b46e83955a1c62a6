package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ID tokens sign somebody in (OpenID Connect Core 1.0, section 3.1.3.7). */
abstract class IdTokenContract extends ContractBase {
  static Stream<Arguments> wrongClaims() {
    return Stream.of(
        token("iss of another", p -> p.withClaim("iss", "https://evil.example")),
        token("iss with a slash", p -> p.withClaim("iss", p.issuer() + "/")),
        token("iss in other case", p -> p.withClaim("iss", p.issuer().replace("http", "HTTP"))),
        token("iss missing", p -> p.withoutClaim("iss")),
        token("aud of another", p -> p.withClaim("aud", "another-client")),
        token("aud missing", p -> p.withoutClaim("aud")),
        token("aud empty", p -> p.withClaim("aud", List.of())),
        token("aud a number", p -> p.withClaim("aud", 7)),
        token("aud of us and another", p -> p.withClaim("aud", List.of(p.clientId(), "x"))),
        token(
            "azp of another",
            p -> p.withClaim("aud", List.of(p.clientId(), "x")).withClaim("azp", "x")),
        token("azp alone of another", p -> p.withClaim("azp", "x")),
        token("exp missing", p -> p.withoutClaim("exp")),
        token("exp past", p -> p.withClaim("exp", now() - 600)),
        token("exp a text", p -> p.withClaim("exp", "tomorrow")),
        token("iat missing", p -> p.withoutClaim("iat")),
        token("iat to come", p -> p.withClaim("iat", now() + 600)),
        token("iat of ten years ago", p -> p.withClaim("iat", now() - 315_360_000)),
        token("nbf to come", p -> p.withClaim("nbf", now() + 600)),
        token("sub missing", p -> p.withoutClaim("sub")),
        token("sub empty", p -> p.withClaim("sub", "")),
        token("sub a number", p -> p.withClaim("sub", 7)),
        token("sub of 256 characters", p -> p.withClaim("sub", "s".repeat(256))),
        token("sub of 10,000 characters", p -> p.withClaim("sub", "s".repeat(10_000))),
        token("sub not ASCII", p -> p.withClaim("sub", "j\u00fcrgen")),
        token("sub with a line break", p -> p.withClaim("sub", "a\r\nb")),
        token("sub with NUL", p -> p.withClaim("sub", "a\u0000b")),
        token("nonce of another", p -> p.withClaim("nonce", "another-nonce-0123456789")),
        token("nonce missing", p -> p.withoutClaim("nonce")),
        token("nonce a list", p -> p.withClaim("nonce", List.of("a"))),
        token("at_hash of another", p -> p.withClaim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
        token(
            "sub twice",
            p -> p.withIdTokenPayload(json -> json.replace("{", "{\"sub\":\"root\","))),
        token("not JSON", p -> p.withIdTokenPayload(json -> json.replace('"', '\''))),
        token("not an object", p -> p.withIdTokenPayload(json -> "[" + json + "]")),
        token(
            "deep",
            p ->
                p.withIdTokenPayload(
                    json ->
                        json.replaceFirst(
                            "\\{", "{\"x\":" + "[".repeat(9000) + "]".repeat(9000) + ","))));
  }

  static Stream<Arguments> wrongSignatures() {
    return Stream.of(
        token("foreign key", p -> p.signWith(Signing.FOREIGN_KEY)),
        token("damaged", p -> p.signWith(Signing.DAMAGED)),
        token("empty", p -> p.signWith(Signing.EMPTY)),
        token("none", p -> p.signWith(Signing.NONE)),
        token("nOnE", p -> p.signWith(Signing.NONE_MIXED_CASE)),
        token("ES256", p -> p.signWith(Signing.ES256)),
        token("HS256 by the secret", p -> p.signWith(Signing.HS256_CLIENT_SECRET)),
        token("HS256 by the key's DER", p -> p.signWith(Signing.HS256_PUBLIC_KEY_DER)),
        token("HS256 by the key's PEM", p -> p.signWith(Signing.HS256_PUBLIC_KEY_PEM)),
        token("HS256 by the key's JWK", p -> p.signWith(Signing.HS256_PUBLIC_KEY_JWK)),
        token("alg missing", p -> p.withoutHeader("alg")),
        token("typ at+jwt", p -> p.withHeader("typ", "at+jwt")),
        token("typ logout+jwt", p -> p.withHeader("typ", "logout+jwt")),
        token("exp beyond all time", p -> p.withClaim("exp", 31_556_889_864_403_190L)),
        token("crit", p -> p.withHeader("crit", List.of("x")).withHeader("x", 1)),
        token("b64", p -> p.withHeader("b64", false).withHeader("crit", List.of("b64"))),
        token("kid unknown", p -> p.withHeader("kid", "unknown")),
        token("kid of a key for encryption", p -> p.withHeader("kid", "odd-use")),
        token("four parts", p -> p.withIdTokenText(text -> text + ".AAAA")),
        token("two parts", p -> p.withIdTokenText(text -> text.replaceFirst("\\.[^.]*$", ""))),
        token("line break", p -> p.withIdTokenText(text -> text + "\n")),
        token("padding", p -> p.withIdTokenText(text -> text + "==")),
        token("blank", p -> p.withIdTokenText(text -> " " + text)),
        token("not a token", p -> p.withIdTokenText(text -> "abc")),
        token("nothing", p -> p.withIdTokenText(text -> "")),
        token("of 100,000 characters", p -> p.withClaim("pad", "x".repeat(75_000))));
  }

  private static Arguments token(String name, Consumer<FakeProvider> misbehaviour) {
    return argumentSet(name, misbehaviour);
  }

  @ParameterizedTest
  @MethodSource({"wrongClaims", "wrongSignatures"})
  void wrongIdTokenSignsNobodyIn(Consumer<FakeProvider> misbehaviour) throws Exception {
    provider.publish(OddKey.FOR_ENCRYPTION);
    Guarded guarded = guard();
    misbehaviour.accept(provider);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
    assertNull(browser.cookie(SESSION));
    assertSignedOut(browser, guarded);
    assertEquals(1, provider.tokenRequests());
    provider.behave();
    assertTrue(
        Echo.isApplication(browser.openAndFollow(guarded.base() + "/page")), "the right one");
  }

  @Test
  void algorithmThatTheClientIsNotRegisteredForIsRefused() throws Exception {
    provider
        .withEllipticKey()
        .withMetadata("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
    Guarded registered = guard(Map.of("id-token-signed-response-alg", "RS256"));
    Guarded any = guard();
    signIn(new TestBrowser(), registered);
    provider.signWith(Signing.ES256).withHeader("kid", provider.keys().elliptic().getKeyID());

    assertStatus(403, browser.openAndFollow(registered.base() + "/page"));

    assertSignedOut(browser, registered);
    signIn(new TestBrowser(), any);
  }

  static Stream<Arguments> soundTokens() {
    return Stream.of(
        token("auth_time beyond all time", p -> p.withClaim("auth_time", Long.MAX_VALUE)),
        token("aud a list of one", p -> p.withClaim("aud", List.of(p.clientId()))),
        token("azp of us", p -> p.withClaim("azp", p.clientId())),
        token("at_hash missing", p -> p.withoutClaim("at_hash")),
        token("exp not whole", p -> p.withClaim("exp", now() + 600.5)),
        token("exp just past", p -> p.withClaim("exp", now() - 5)),
        token("typ missing", p -> p.withoutHeader("typ")),
        token("kid missing", p -> p.withoutHeader("kid")),
        token("no kids at all", FakeProvider::withoutKids),
        token("jku of another", p -> p.withHeader("jku", p.issuer() + "/evil-keys")),
        token("x5u of another", p -> p.withHeader("x5u", p.issuer() + "/evil-certificate")),
        token(
            "claims from elsewhere",
            p ->
                p.withClaim("_claim_names", Map.of("groups", "a"))
                    .withClaim(
                        "_claim_sources", Map.of("a", Map.of("endpoint", p.issuer() + "/evil")))),
        token("sub of 255 characters", p -> p.withClaim("sub", "s".repeat(255))));
  }

  @ParameterizedTest
  @MethodSource("soundTokens")
  void soundIdTokenSignsIn(Consumer<FakeProvider> speciality) throws Exception {
    speciality.accept(provider);
    Guarded guarded = guard();

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertTrue(Echo.isApplication(page), page::toString);
  }

  @Test
  void idTokenOfAnotherLoginSignsNobodyIn() throws Exception {
    Guarded guarded = guard();
    provider.signInAs("bob", Map.of());
    signIn(new TestBrowser(), guarded);
    String bobs = provider.lastIdToken();
    provider.withIdTokenText(text -> bobs);

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertRefused(page, browser, guarded);
  }

  @Test
  void sessionEndsByOurLifetimeAndNotByAnIdTokenForEver() throws Exception {
    Guarded guarded = guard(Map.of("session.lifetime", "PT2S", "clock-skew", "PT0S"));
    provider.withClaim("exp", 253_402_300_799L);
    beforeCallback(browser, guarded.base() + "/").follow();

    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    int status = 200;
    while (status == 200 && System.nanoTime() < deadline) {
      status = browser.fetch(guarded.base() + "/me").status();
    }

    assertEquals(401, status);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
