package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh tokens of Keycloak, in a realm that revokes each when it is used. */
@Tag("keycloak")
@EnumSource(names = "ENVOY")
@Shows("Keycloak with refresh tokens")
class KeycloakRefreshTest extends RefreshJourneys {
  @Override
  Provider provider(String externalUrl) {
    return new Keycloak(externalUrl, KeycloakServer.shared());
  }

  private Keycloak keycloak() {
    return (Keycloak) picture.provider();
  }

  @Override
  Map<String, Object> offline() {
    return Map.of("scopes", List.of("openid", "profile", "email", "offline_access"));
  }

  @Override
  int refreshes() {
    return keycloak().events("REFRESH_TOKEN", "REFRESH_TOKEN_ERROR");
  }

  @Override
  void admin(boolean is) {
    keycloak().member(person(), "admins", is);
  }

  @Test
  void personWhomAnAdministratorSignsOutIsSentToSignIn() {
    signIn(browser, "/page");
    // Keycloak counts in seconds, and what it gave in that second stays good.
    due();

    keycloak().signOut(person());

    assertSentToSignIn();
  }

  @Test
  void personWhoseConsentIsRevokedIsSentToSignIn() {
    signIn(browser, "/page");

    keycloak().revokeConsent(person());

    assertSentToSignIn();
  }

  @Test
  void personWhoMayNotBeOfflineAnyMoreIsSentToSignIn() {
    signIn(browser, "/page");
    keycloak().mayBeOffline(person(), false);
    try {
      assertSentToSignIn();
    } finally {
      keycloak().mayBeOffline(person(), true);
    }
  }

  @Test
  void signOutRevokesTheRefreshToken() {
    int before = keycloak().offlineSessions(person());
    signIn(browser, "/page");
    due().follow();
    int revoked = keycloak().events("REVOKE_GRANT");
    assertEquals(before + 1, keycloak().offlineSessions(person()));

    signOut();

    Await.until(
        PATIENCE, () -> keycloak().events("REVOKE_GRANT") == revoked + 1, () -> "not revoked");
    assertEquals(before, keycloak().offlineSessions(person()));
  }
}
