package io.gatekeeper.testing;

import static io.gatekeeper.testing.ProfileModule.Verdict.ACCEPT;
import static io.gatekeeper.testing.ProfileModule.Verdict.EITHER;
import static io.gatekeeper.testing.ProfileModule.Verdict.REJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gatekeeper.testing.ProfileModule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modules of one profile, walked as the conformance suite walks them: against a provider that
 * misbehaves in just that way and, where that is to be refused, once more against one that doesn't.
 * A subclass has the list, as a static {@code modules()}, and the walks.
 */
abstract class ProfileContract extends ContractBase {
  /** A walk and its outcome. */
  interface Walk {
    /** Walks; it starts with a provider that behaves and a browser without cookies. */
    Verdict run(boolean misbehaving) throws Exception;
  }

  private final Profile profile;

  ProfileContract(Profile profile) {
    this.profile = profile;
  }

  /** The walk of each module, by its name. */
  abstract Map<String, Walk> walks();

  @Override
  Guarded start(Guarded.Settings settings) {
    return CoreGuarded.embedded(settings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modules")
  void providerThatMisbehavesInJustThatWayIsMetAsTheListSays(ProfileModule module)
      throws Exception {
    Walk walk = walks().get(module.id());
    assertNotNull(walk, () -> "no walk for " + module);

    assertEquals(module.ours(), afresh(walk, true), module::toString);
    if (module.ours() == REJECT) {
      assertEquals(ACCEPT, afresh(walk, false), () -> module + ", a provider that behaves");
    }
  }

  private Verdict afresh(Walk walk, boolean misbehaving) throws Exception {
    provider.behave();
    browser.forgetAll();
    return walk.run(misbehaving);
  }

  @Test
  void listIsWholeAndEachOfItHasItsWalk() {
    List<ProfileModule> modules = ProfileModule.of(profile);
    assertEquals(profile.size(), modules.size());
    assertEquals(
        modules.stream().map(ProfileModule::id).collect(Collectors.toSet()), walks().keySet());
    assertEquals(getClass().getSimpleName(), profile.test());
    for (ProfileModule module : modules) {
      assertNotEquals(EITHER, module.ours(), module::toString);
      assertEquals(
          module.wanted() == EITHER ? module.ours() : module.wanted(),
          module.ours(),
          module::toString);
    }
  }

  /** A login that asks for userinfo, which is how the suite sees that an ID token is accepted. */
  final Walk login(Consumer<FakeProvider> misbehaviour) {
    return login(misbehaviour, 0);
  }

  /**
   * The same.
   *
   * @param userinfo how often userinfo is asked before the login is refused
   */
  final Walk login(Consumer<FakeProvider> misbehaviour, int userinfo) {
    return misbehaving -> {
      if (misbehaving) {
        misbehaviour.accept(provider);
      }
      return login(guard(Map.of("userinfo", true)), userinfo);
    };
  }

  final Verdict login(Guarded guarded, int userinfo) {
    int before = provider.userinfoRequests();
    Page page = browser.openAndFollow(guarded.base() + "/page");
    if (!Echo.isApplication(page)) {
      assertRefused(page, browser, guarded);
      assertEquals(before + userinfo, provider.userinfoRequests());
      return REJECT;
    }
    assertSignedInAs("alice", browser, guarded);
    assertEquals(before + 1, provider.userinfoRequests());
    return ACCEPT;
  }

  /** The login that comes before what a module is about. */
  final void signedIn(Guarded guarded) {
    assertEquals(ACCEPT, login(guarded, 0), "the login before");
  }

  /** An unsigned ID token, from a provider that lists {@code none} among its algorithms. */
  final Walk unsigned() {
    return login(
        p ->
            p.withMetadata("id_token_signing_alg_values_supported", List.of("none", "RS256"))
                .signWith(Signing.NONE)
                .withoutHeader("kid"));
  }
}
