package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads secrets, given themselves or in files, and shows none. */
final class SecretsReader {
  private static final int SHORTEST = 32;
  private static final int LONGEST_FILE = 64 * 1024;
  private static final String HIDDEN = "***";
  private static final String MAKE_ONE = "; openssl rand -base64 32 makes one";

  /** How the secrets of examples begin. */
  private static final List<String> EXAMPLES = List.of("change-me", "changeme", "example");

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
            .flatMap(path -> reader.content(Setting.CLIENT_SECRET_FILE.key(), path));
    return given.or(() -> file).map(Secret::of);
  }

  /** The session secrets, newest first; empty when none are given. */
  static List<Secret> sessionSecrets(SettingsReader settings) {
    SecretsReader reader = new SecretsReader(settings);
    reader.refuseBoth(Setting.SESSION_SECRETS, Setting.SESSION_SECRET_FILES);
    List<Secret> secrets = new ArrayList<>(reader.given());
    secrets.addAll(reader.fromFiles());
    Set<Secret> once = new HashSet<>(secrets);
    if (once.size() < secrets.size()) {
      settings
          .nodes()
          .problem(Setting.SESSION_SECRETS.key(), HIDDEN, "each secret once" + MAKE_ONE);
    }
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
    return strong(where, HIDDEN, text);
  }

  private List<Secret> fromFiles() {
    List<String> paths = settings.texts(Setting.SESSION_SECRET_FILES);
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String where = NodeReader.at(Setting.SESSION_SECRET_FILES.key(), i);
      String path = paths.get(i);
      content(where, path).flatMap(text -> strong(where, path, text)).ifPresent(secrets::add);
    }
    return secrets;
  }

  private Optional<Secret> strong(String where, String shown, String text) {
    Optional<String> weakness = weakness(text);
    weakness.ifPresent(expected -> settings.nodes().problem(where, shown, expected + MAKE_ONE));
    return weakness.isPresent() ? Optional.empty() : Optional.of(Secret.of(text));
  }

  private static Optional<String> weakness(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST) {
      return Optional.of("at least " + SHORTEST + " bytes");
    }
    if (text.chars().distinct().count() == 1) {
      return Optional.of("different bytes");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return EXAMPLES.stream().anyMatch(lower::startsWith)
        ? Optional.of("a secret of your own, not an example's")
        : Optional.empty();
  }

  /** A file's text without the newline at its end. */
  private Optional<String> content(String where, String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("\\r?\\n\\z", "");
      if (secret.isEmpty() || bytes.length > LONGEST_FILE) {
        settings.nodes().problem(where, path, "a file that holds the secret, and only that");
        return Optional.empty();
      }
      return Optional.of(secret);
    } catch (CharacterCodingException e) {
      settings.nodes().problem(where, path, "a file of UTF-8 text");
    } catch (IOException | InvalidPathException e) {
      settings.nodes().problem(where, path, "a file that can be read");
    }
    return Optional.empty();
  }
}
