package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Settings for tests. */
final class TestSettings {
  private TestSettings() {}

  /** The embedded provider with one person, on a free port. */
  static Settings embedded(String username, String password) {
    return new Settings(
        0,
        Optional.of(new StaticUser(username, password)),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Settings of(Map<String, String> values) {
    return Settings.of(properties(values));
  }

  static Properties properties(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }
}
