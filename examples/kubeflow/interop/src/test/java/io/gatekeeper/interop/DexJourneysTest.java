package io.gatekeeper.interop;

import org.junit.jupiter.api.Tag;

/** Every gateway with Dex behind it, as in Charmed Kubeflow. */
@Tag("dex")
@Shows("Dex")
class DexJourneysTest extends Journeys {
  @Override
  Provider provider(String externalUrl) {
    return new Dex(externalUrl, Slapd.shared().connectors("ldap", "mail"));
  }
}
