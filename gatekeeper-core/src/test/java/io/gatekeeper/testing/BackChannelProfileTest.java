package io.gatekeeper.testing;

import static io.gatekeeper.testing.ProfileModule.Verdict.ACCEPT;
import static io.gatekeeper.testing.ProfileModule.Verdict.REJECT;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.testing.ProfileModule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The Back-Channel Logout profile: what a logout token is held to. */
class BackChannelProfileTest extends ProfileContract {
  private static final String PREFIX = "oidcc-client-test-rp-backchannel-rpinitlogout";

  BackChannelProfileTest() {
    super(Profile.BACK_CHANNEL);
  }

  static List<ProfileModule> modules() {
    return ProfileModule.of(Profile.BACK_CHANNEL);
  }

  @Override
  Map<String, Walk> walks() {
    return Map.ofEntries(
        entry(PREFIX, signOut(t -> t)),
        entry(PREFIX + "-alg-none", signOut(t -> t.signWith(Signing.NONE).header("kid", null))),
        entry(PREFIX + "-no-event", signOut(t -> t.with("events", null))),
        entry(PREFIX + "-with-nonce", signOut(t -> t.with("nonce", nonceOfTheLogin()))),
        entry(PREFIX + "-wrong-alg", registeredFor("RS256", this::byAnotherAlgorithm)),
        entry(PREFIX + "-wrong-aud", signOut(t -> t.with("aud", provider.clientId() + "-another"))),
        entry(
            PREFIX + "-wrong-event",
            signOut(
                t ->
                    t.with(
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel", Map.of())))),
        entry(PREFIX + "-wrong-iss", signOut(t -> t.with("iss", provider.issuer() + "/another"))));
  }

  private String nonceOfTheLogin() {
    return provider.lastAuthorizationRequest().parameter("nonce");
  }

  private LogoutToken byAnotherAlgorithm(LogoutToken token) {
    return token.signWith(Signing.ES256).header("kid", provider.keys().elliptic().getKeyID());
  }

  /** Where no setting says which one the client is registered for. */
  @Test
  void anyAlgorithmThatTheProviderListsIsTaken() throws Exception {
    listTwoAlgorithms();

    assertEquals(ACCEPT, signOut(this::byAnotherAlgorithm).run(true));
  }

  private void listTwoAlgorithms() {
    provider.withMetadata("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
  }

  /** As the suite's provider does, which lists what it signs with. */
  private Walk registeredFor(String algorithm, UnaryOperator<LogoutToken> misbehaviour) {
    return misbehaving -> {
      listTwoAlgorithms();
      return signOut(Map.of("id-token-signed-response-alg", algorithm), misbehaviour)
          .run(misbehaving);
    };
  }

  private Walk signOut(UnaryOperator<LogoutToken> misbehaviour) {
    return signOut(Map.of(), misbehaviour);
  }

  /**
   * One of two browsers that signed in from the provider's session signs out; the provider's logout
   * token comes while that browser is there. Whether the other is signed out is what shows.
   */
  private Walk signOut(Map<String, Object> settings, UnaryOperator<LogoutToken> misbehaviour) {
    return misbehaving -> {
      provider.withEllipticKey();
      Guarded guarded = guard(settings);
      TestBrowser other = new TestBrowser();
      signInFrom("there-1", browser, guarded);
      signInFrom("there-1", other, guarded);
      Page there = browser.post(guarded.base() + "/gatekeeper/logout", Map.of()).follow();
      LogoutToken token = provider.logoutToken().with("sub", "alice").with("sid", "there-1");

      Page answer =
          BackChannelContract.send(guarded, misbehaving ? misbehaviour.apply(token) : token);

      assertStatus(200, there.followAll());
      assertSignedOut(browser, guarded);
      return judged(answer, other, guarded);
    };
  }

  private Verdict judged(Page answer, TestBrowser other, Guarded guarded) throws Exception {
    if (answer.status() == 200) {
      BackChannelContract.assertDone(answer);
      assertSignedOut(other, guarded);
      return ACCEPT;
    }
    BackChannelContract.assertNotDone(answer);
    assertSignedInAs("alice", other, guarded);
    return REJECT;
  }
}
