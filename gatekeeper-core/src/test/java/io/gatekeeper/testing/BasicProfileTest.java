package io.gatekeeper.testing;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.ProfileModule.Verdict;
import java.util.List;
import java.util.Map;

/** The Basic profile: the authorization code flow, and what an ID token is held to. */
class BasicProfileTest extends ProfileContract {
  BasicProfileTest() {
    super(Profile.BASIC);
  }

  static List<ProfileModule> modules() {
    return ProfileModule.of(Profile.BASIC);
  }

  @Override
  Map<String, Walk> walks() {
    return Map.ofEntries(
        entry("oidcc-client-test", login(p -> {})),
        entry(
            "oidcc-client-test-invalid-iss",
            login(p -> p.withClaim("iss", p.issuer() + "/another"))),
        entry("oidcc-client-test-missing-sub", login(p -> p.withoutClaim("sub"))),
        entry(
            "oidcc-client-test-invalid-aud",
            login(p -> p.withClaim("aud", p.clientId() + "-another"))),
        entry("oidcc-client-test-missing-iat", login(p -> p.withoutClaim("iat"))),
        entry("oidcc-client-test-kid-absent-single-jwks", login(FakeProvider::withoutKids)),
        entry(
            "oidcc-client-test-kid-absent-multiple-jwks",
            login(p -> p.withoutKids().withSecondKey().withEllipticKey())),
        entry("oidcc-client-test-idtoken-sig-rs256", this::rs256),
        entry("oidcc-client-test-idtoken-sig-none", unsigned()),
        entry("oidcc-client-test-invalid-sig-rs256", login(p -> p.signWith(Signing.DAMAGED))),
        entry(
            "oidcc-client-test-userinfo-invalid-sub",
            login(p -> p.withUserinfo("sub", "alice-another"), 1)),
        entry(
            "oidcc-client-test-nonce-invalid",
            login(p -> p.withClaim("nonce", "another-nonce-0123456789"))),
        entry("oidcc-client-test-scope-userinfo-claims", this::claimsByScope),
        entry("oidcc-client-test-client-secret-basic", this::clientSecretBasic));
  }

  private Verdict rs256(boolean misbehaving) throws Exception {
    Verdict verdict =
        login(
                p ->
                    p.withMetadata(
                            "id_token_signing_alg_values_supported", List.of("ES256", "RS256"))
                        .withEllipticKey())
            .run(misbehaving);
    assertEquals("RS256", IdTokens.algorithm(provider.lastIdToken()));
    return verdict;
  }

  private Verdict claimsByScope(boolean misbehaving) throws Exception {
    provider.signInAs("alice", Map.of("email", "alice@example.com"));
    provider.withoutClaim("email").withoutClaim("email_verified");
    Guarded guarded = guard(Map.of("userinfo", true));

    Verdict verdict = login(guarded, 0);

    List<String> scopes =
        List.of(provider.lastAuthorizationRequest().parameter("scope").split(" ", -1));
    assertTrue(scopes.containsAll(List.of("profile", "email")), scopes::toString);
    Echo seen = Echo.of(browser.open(guarded.base() + "/page"));
    assertEquals("alice@example.com", seen.value("X-Auth-Request-Email"));
    return verdict;
  }

  private Verdict clientSecretBasic(boolean misbehaving) throws Exception {
    Verdict verdict =
        login(
                p ->
                    p.withMetadata(
                        "token_endpoint_auth_methods_supported",
                        List.of("private_key_jwt", "client_secret_post", "client_secret_basic")))
            .run(misbehaving);
    ProviderRequest asked = provider.lastTokenRequest();
    assertTrue(asked.header("Authorization").startsWith("Basic "));
    assertNull(asked.parameter("client_secret"));
    return verdict;
  }
}
