package io.gatekeeper.testing;

import static io.gatekeeper.testing.ProfileModule.Verdict.ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.ProfileModule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The RP-Initiated Logout profile: a sign-out here, there, and the way back. */
class RpInitiatedProfileTest extends ProfileContract {
  RpInitiatedProfileTest() {
    super(Profile.RP_INITIATED);
  }

  static List<ProfileModule> modules() {
    return ProfileModule.of(Profile.RP_INITIATED);
  }

  @Override
  Map<String, Walk> walks() {
    return Map.of(
        "oidcc-client-test-rp-init-logout",
        misbehaving -> signOut(state -> state),
        "oidcc-client-test-rp-init-logout-other-state",
        misbehaving -> signOut(state -> "another-state-0123456789"),
        "oidcc-client-test-rp-init-logout-no-state",
        misbehaving -> signOut(state -> null));
  }

  /**
   * A sign-out by way of the provider.
   *
   * @param given the state that comes back, by the one that was sent; null for none
   */
  private Verdict signOut(UnaryOperator<String> given) throws Exception {
    Guarded guarded = guard(Map.of("userinfo", true));
    signedIn(guarded);
    String idToken = provider.lastIdToken();
    provider.withLogoutResponse(
        answer -> {
          String state = given.apply(answer.remove("state"));
          return state == null ? answer : Map.of("state", state);
        });

    Page there = browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).follow();

    ProviderRequest asked = provider.lastEndSessionRequest();
    String landing = guarded.base() + "/gatekeeper/logged-out";
    assertEquals(idToken, asked.parameter("id_token_hint"));
    assertEquals(landing, asked.parameter("post_logout_redirect_uri"));
    assertNotNull(asked.parameter("state"), "without one the suite leaves this module out");
    String back = given.apply(asked.parameter("state"));
    assertEquals(back == null ? landing : landing + "?state=" + back, there.location());
    Page farewell = there.follow();
    assertStatus(200, farewell);
    assertEquals(List.of(), farewell.headers("Set-Cookie"));
    assertSignedOut(browser, guarded);
    Page next = browser.open(guarded.base() + "/page");
    assertTrue(next.location().startsWith(provider.url(Endpoint.AUTHORIZATION)), next::toString);
    return ACCEPT;
  }
}
