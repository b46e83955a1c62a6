package io.gatekeeper.interop;

import org.junit.jupiter.api.Tag;

/** Login and sign-out with one Keycloak for all gateways. */
@Tag("keycloak")
@Shows("Keycloak")
class KeycloakJourneysTest extends SingleSignOnJourneys {
  @Override
  Provider provider(String externalUrl) {
    return new Keycloak(externalUrl, KeycloakServer.shared());
  }
}
