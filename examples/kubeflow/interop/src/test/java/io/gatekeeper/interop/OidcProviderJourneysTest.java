package io.gatekeeper.interop;

import org.junit.jupiter.api.Tag;

/** Login and sign-out with the npm package oidc-provider. */
@Tag("oidc-provider")
@Shows("oidc-provider")
class OidcProviderJourneysTest extends SingleSignOnJourneys {
  @Override
  Provider provider(String externalUrl) {
    return new OidcProvider(externalUrl);
  }
}
