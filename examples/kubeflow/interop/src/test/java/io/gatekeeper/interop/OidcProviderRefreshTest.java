package io.gatekeeper.interop;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh tokens of the npm package oidc-provider. */
@Tag("oidc-provider")
@EnumSource(names = {"ENVOY", "NGINX"})
@Shows("oidc-provider with refresh tokens")
class OidcProviderRefreshTest extends RestartJourneys {
  @Override
  Provider provider(String externalUrl) {
    return new OidcProvider(externalUrl, true);
  }

  private OidcProvider op() {
    return (OidcProvider) picture.provider();
  }

  @Override
  Map<String, Object> offline() {
    return Map.of();
  }

  @Override
  int refreshes() {
    return op().wrote("granted refresh_token") + op().wrote("refused refresh_token");
  }

  @Override
  void admin(boolean is) {
    op().setGroups(person(), is ? "admins,data science" : "data science");
  }

  @Test
  void personWhomTheProviderForgotIsSentToSignIn() {
    signIn(browser, "/page");
    op().setGroups(person(), null);
    try {
      assertSentToSignIn();
    } finally {
      op().setGroups(person(), person().groups());
    }
  }

  @Test
  void signOutRevokesTheRefreshToken() {
    signIn(browser, "/page");
    due().follow();
    int ended = op().wrote("refresh token ended");

    signOut();

    Await.until(PATIENCE, () -> op().wrote("refresh token ended") > ended, () -> "not revoked");
  }
}
