package io.gatekeeper.testing;

import static io.gatekeeper.testing.ProfileModule.Verdict.ACCEPT;
import static io.gatekeeper.testing.ProfileModule.Verdict.REJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The Refresh Token profile: what a refreshed ID token is held to. */
class RefreshProfileTest extends ProfileContract {
  private Guarded guarded;

  RefreshProfileTest() {
    super(Profile.REFRESH);
  }

  static List<ProfileModule> modules() {
    return ProfileModule.of(Profile.REFRESH);
  }

  @Override
  Map<String, Walk> walks() {
    return Map.of(
        "oidcc-client-test-refresh-token",
        renewal(p -> {}),
        "oidcc-client-test-refresh-token-invalid-issuer",
        renewal(p -> p.withClaim("iss", p.issuer() + "/another")),
        "oidcc-client-test-refresh-token-invalid-sub",
        renewal(p -> p.withClaim("sub", "alice-another")));
  }

  /** One for both walks, since its clock goes with the provider's. */
  private Guarded guarded() throws Exception {
    if (guarded == null) {
      guarded =
          guard(Map.of("userinfo", true, "scopes", "openid profile email groups offline_access"));
    }
    return guarded;
  }

  private Walk renewal(Consumer<FakeProvider> misbehaviour) {
    return misbehaving -> {
      signedIn(guarded());
      int refreshes = provider.refreshes().size();
      int userinfo = provider.userinfoRequests();
      later(guarded, Duration.ofMinutes(15));
      if (misbehaving) {
        misbehaviour.accept(provider);
      }

      browser.open(guarded.base() + "/page").follow();

      assertEquals(refreshes + 1, provider.refreshes().size());
      if (browser.cookie(SESSION) == null) {
        assertSignedOut(browser, guarded);
        assertEquals(userinfo, provider.userinfoRequests(), "with the new access token");
        return REJECT;
      }
      assertSignedInAs("alice", browser, guarded);
      List<ProviderRequest> asked = provider.requests(Endpoint.USERINFO);
      assertEquals(userinfo + 1, asked.size());
      assertNotEquals(
          asked.get(userinfo - 1).header("Authorization"),
          asked.get(userinfo).header("Authorization"));
      return ACCEPT;
    };
  }
}
