package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads secrets, given themselves or in files, and shows none. */
final class SecretsReader {
  private static final String HIDDEN = "***";

  private final SettingsReader settings;

  private SecretsReader(SettingsReader settings) {
    this.settings = settings;
  }

  static Optional<Secret> clientSecret(SettingsReader settings) {
    SecretsReader reader = new SecretsReader(settings);
    reader.refuseBoth(Setting.CLIENT_SECRET, Setting.CLIENT_SECRET_FILE);
    Optional<String> given = settings.text(Setting.CLIENT_SECRET);
    Optional<String> file =
        settings
            .text(Setting.CLIENT_SECRET_FILE)
            .flatMap(
                path -> SecretFile.text(Setting.CLIENT_SECRET_FILE.key(), path, settings.nodes()));
    return given.or(() -> file).map(Secret::of);
  }

  /** The session secrets, newest first; empty when none are given. */
  static List<Secret> sessionSecrets(SettingsReader settings, SessionSecretFiles files) {
    SecretsReader reader = new SecretsReader(settings);
    reader.refuseBoth(Setting.SESSION_SECRETS, Setting.SESSION_SECRET_FILES);
    List<Secret> secrets = new ArrayList<>(reader.given());
    if (new HashSet<>(secrets).size() < secrets.size()) {
      settings
          .nodes()
          .problem(
              Setting.SESSION_SECRETS.key(), HIDDEN, "each secret once" + SecretStrength.MAKE_ONE);
    }
    secrets.addAll(files.read(settings.nodes()));
    return List.copyOf(secrets);
  }

  private void refuseBoth(Setting value, Setting file) {
    if (settings.has(value) && settings.has(file)) {
      settings.nodes().problem(value.key(), HIDDEN, "either this or " + file.key() + ", not both");
    }
  }

  private List<Secret> given() {
    JsonNode node = settings.node(Setting.SESSION_SECRETS).orElse(null);
    if (node == null) {
      return List.of();
    }
    String key = Setting.SESSION_SECRETS.key();
    if (!node.isArray()) {
      return given(key, node).map(List::of).orElse(List.of());
    }
    if (node.isEmpty()) {
      settings.problem(Setting.SESSION_SECRETS, "at least one, or no such key");
    }
    List<Secret> secrets = new ArrayList<>();
    Iterator<JsonNode> elements = node.elements();
    for (int i = 0; elements.hasNext(); i++) {
      given(NodeReader.at(key, i), elements.next()).ifPresent(secrets::add);
    }
    return secrets;
  }

  private Optional<Secret> given(String where, JsonNode node) {
    String text = node.isValueNode() && !node.isNull() ? node.asText() : "";
    Optional<String> missing = SecretStrength.missing(text);
    missing.ifPresent(expected -> settings.nodes().problem(where, HIDDEN, expected));
    return missing.isPresent() ? Optional.empty() : Optional.of(Secret.of(text));
  }
}
