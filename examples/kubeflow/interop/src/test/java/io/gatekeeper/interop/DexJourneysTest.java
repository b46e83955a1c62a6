package io.gatekeeper.interop;

/** Every gateway with Dex behind it, as in Charmed Kubeflow. */
class DexJourneysTest extends Journeys {
  @Override
  Provider provider(String externalUrl) {
    return new Dex(externalUrl, Slapd.shared().connectors("ldap", "mail"));
  }
}
