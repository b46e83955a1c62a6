package io.gatekeeper.interop;

import java.util.List;

/** Every gateway with Dex behind it, as in Charmed Kubeflow. */
class DexJourneysTest extends Journeys {
  @Override
  Provider provider(String externalUrl) {
    return new Dex(externalUrl, List.of());
  }
}
