package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh tokens of Dex, for a person of its directory. */
@Tag("dex")
@EnumSource(names = "ENVOY")
@Shows("Dex with refresh tokens")
class DexRefreshTest extends RestartJourneys {
  private final Slapd slapd = Slapd.shared();
  private final Wires wires = new Wires();
  private int refreshes;

  @Override
  Provider provider(String externalUrl) {
    return new Dex(externalUrl, slapd.connectors("ldap", "mail")).remembering();
  }

  @Override
  Map<String, Object> offline() {
    return Map.of("scopes", List.of("openid", "profile", "email", "groups", "offline_access"));
  }

  @Override
  Wiring wiring() {
    return wires;
  }

  @AfterParameterizedClassInvocation
  void closeWires() {
    wires.close();
  }

  @Override
  Person person() {
    return Slapd.ANNA;
  }

  /** Gatekeeper asks Dex where browsers do. */
  @Override
  int refreshes() {
    refreshes +=
        (int)
            wires.take(Wiring.Place.GATEWAY).stream()
                .filter(each -> each.request().target().equals("/dex/token"))
                .filter(each -> each.request().body().contains("grant_type=refresh_token"))
                // Envoy's own answer.
                .filter(each -> !each.response().start().contains(" 503 "))
                .count();
    return refreshes;
  }

  @Override
  void admin(boolean is) {
    slapd.setMembers("admins", is ? new Person[] {Slapd.ANNA} : new Person[0]);
  }

  @Test
  void personWithAStaticPasswordIsRevalidated() {
    Person owner = picture.provider().person();
    Page page = picture.signIn(browser, "/page", owner);
    assertEquals(owner.id(), Echo.of(page).value(Picture.USER));
    int asked = refreshes();

    Page next = due().followAll();

    assertRefreshes(asked + 1);
    assertEquals(owner.id(), Echo.of(next).value(Picture.USER));
  }

  /** Dex keeps one refresh token for a person and a client. */
  @Test
  void personsSecondBrowserTakesTheFirstOnesPlace() {
    signIn(browser, "/page");
    TestBrowser second = new TestBrowser();
    signIn(second, "/page");

    assertSentToSignIn();
    assertSignedIn(second);
  }

  /** Dex answers 500, as it does while its directory is down. */
  @Test
  void personWhoLeftTheDirectoryStaysSignedInUntilTheSessionsEnd() {
    signIn(browser, "/page");
    slapd.rename("anna", "gone");
    try {
      assertTrue(Echo.isApplication(due().followAll()));
      assertTrue(picture.check().output().contains("token endpoint answered 500"));
    } finally {
      slapd.rename("gone", "anna");
    }
  }
}
