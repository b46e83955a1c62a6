package io.gatekeeper.interop;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Login and sign-out with one Keycloak for all gateways. */
@Tag("keycloak")
@Shows("Keycloak")
class KeycloakJourneysTest extends SingleSignOnJourneys {
  private static final KeycloakServer SERVER = new KeycloakServer();

  @Override
  Provider provider(String externalUrl) {
    return new Keycloak(externalUrl, SERVER);
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }
}
