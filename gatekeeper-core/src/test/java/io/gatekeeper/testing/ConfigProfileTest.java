package io.gatekeeper.testing;

import static io.gatekeeper.testing.ProfileModule.Verdict.REJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.ProfileModule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The Config profile: discovery, and keys that change. */
class ConfigProfileTest extends ProfileContract {
  ConfigProfileTest() {
    super(Profile.CONFIG);
  }

  static List<ProfileModule> modules() {
    return ProfileModule.of(Profile.CONFIG);
  }

  @Override
  Map<String, Walk> walks() {
    return Map.of(
        "oidcc-client-test-discovery-openid-config",
        this::metadata,
        "oidcc-client-test-discovery-jwks-uri-keys",
        this::keysWhereTheMetadataSays,
        "oidcc-client-test-discovery-issuer-mismatch",
        this::metadataOfAnotherIssuer,
        "oidcc-client-test-idtoken-sig-none",
        unsigned(),
        "oidcc-client-test-signing-key-rotation-just-before-signing",
        misbehaving -> twoLogins(() -> provider.rotateKeysBeforeSigning()),
        "oidcc-client-test-signing-key-rotation",
        misbehaving -> twoLogins(() -> provider.rotateKeys()));
  }

  private Verdict metadata(boolean misbehaving) throws Exception {
    String named = "?named=" + UUID.randomUUID();
    int before = provider.discoveryRequests();

    Verdict verdict =
        login(p -> p.withMetadata("token_endpoint", p.url(Endpoint.TOKEN) + named))
            .run(misbehaving);

    assertEquals(before + 1, provider.discoveryRequests());
    assertTrue(provider.lastTokenRequest().target().endsWith(named));
    return verdict;
  }

  private Verdict keysWhereTheMetadataSays(boolean misbehaving) throws Exception {
    String named = "?named=" + UUID.randomUUID();

    Verdict verdict =
        login(p -> p.withMetadata("jwks_uri", p.url(Endpoint.JWKS) + named)).run(misbehaving);

    List<ProviderRequest> fetched = provider.requests(Endpoint.JWKS);
    assertEquals(1, fetched.size());
    assertTrue(fetched.get(0).target().endsWith(named));
    return verdict;
  }

  private Verdict metadataOfAnotherIssuer(boolean misbehaving) throws Exception {
    if (misbehaving) {
      provider.withMetadata("issuer", provider.issuer() + "/another");
    }
    Guarded guarded = guardCold(Map.of("userinfo", true));
    Page page = browser.open(guarded.base() + "/page").followHere();
    if (page.redirects()) {
      return login(guarded, 0);
    }
    assertStatus(503, page);
    assertSignedOut(browser, guarded);
    assertEquals(List.of(), provider.requests(Endpoint.AUTHORIZATION));
    return REJECT;
  }

  private Verdict twoLogins(Runnable between) throws Exception {
    Guarded guarded = guard(Map.of("userinfo", true));
    signedIn(guarded);
    browser.forgetAll();
    int before = provider.jwksRequests();
    between.run();

    Verdict verdict = login(guarded, 0);

    assertEquals(before + 1, provider.jwksRequests());
    return verdict;
  }
}
