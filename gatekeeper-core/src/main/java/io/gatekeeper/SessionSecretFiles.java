package io.gatekeeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The files of the session secrets: one secret a line, newest first, from the first file's first
 * line to the last one's last. Empty lines don't count.
 *
 * @param paths where they are, as configured
 */
record SessionSecretFiles(List<String> paths) {
  SessionSecretFiles {
    paths = List.copyOf(paths);
  }

  static SessionSecretFiles of(SettingsReader settings) {
    return new SessionSecretFiles(settings.texts(Setting.SESSION_SECRET_FILES));
  }

  /** Every secret, in order; worth nothing where there was a problem. */
  List<Secret> read(NodeReader nodes) {
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String where = NodeReader.at(Setting.SESSION_SECRET_FILES.key(), i);
      String path = paths.get(i);
      SecretFile.text(where, path, nodes)
          .ifPresent(text -> secrets.addAll(lines(where, path, text, nodes)));
    }
    if (new HashSet<>(secrets).size() < secrets.size()) {
      nodes.problem(
          Setting.SESSION_SECRET_FILES.key(),
          String.join(", ", paths),
          "each secret once" + SecretStrength.MAKE_ONE);
    }
    return List.copyOf(secrets);
  }

  private static List<Secret> lines(String where, String path, String text, NodeReader nodes) {
    String[] lines = text.split("\\r?\\n", -1);
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        continue;
      }
      Optional<String> missing = SecretStrength.missing(lines[i]);
      String shown = lines.length == 1 ? path : path + ", line " + (i + 1);
      missing.ifPresent(expected -> nodes.problem(where, shown, expected));
      secrets.add(Secret.of(lines[i]));
    }
    if (secrets.isEmpty()) {
      nodes.problem(where, path, "a file that holds secrets, one a line");
    }
    return secrets;
  }
}
