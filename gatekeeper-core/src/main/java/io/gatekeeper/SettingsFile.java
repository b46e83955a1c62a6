package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the settings in a YAML file, or in what is one elsewhere. */
final class SettingsFile {
  private static final int LARGEST = 1 << 20;

  private SettingsFile() {}

  /** Empty when the file can't be read as YAML, which is then a problem. */
  static Optional<SettingsTree> read(Path file, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), problems);
    } catch (IOException e) {
      return unreadable(file.toString(), problems);
    }
  }

  /** As above; the stream stays open, and problems name it so. */
  static Optional<SettingsTree> read(InputStream yaml, String name, Problems problems) {
    return text(yaml, name, problems)
        .flatMap(text -> YamlText.parse(text, name, problems))
        .flatMap(node -> tree(name, node, problems));
  }

  private static Optional<SettingsTree> tree(String name, JsonNode node, Problems problems) {
    SettingsTree tree = new SettingsTree();
    if (node.isObject()) {
      tree.putAll("", node, problems);
    } else if (!node.isNull()) {
      problems.add(name, "no map", "lines of key: value");
      return Optional.empty();
    }
    return Optional.of(tree);
  }

  private static Optional<String> text(InputStream in, String name, Problems problems) {
    try {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(name, "larger", "at most 1 MiB");
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problems.add(name, "other bytes", "UTF-8");
      return Optional.empty();
    } catch (IOException e) {
      return unreadable(name, problems);
    }
  }

  private static <T> Optional<T> unreadable(String name, Problems problems) {
    problems.add(name, "can't be read", "a YAML file");
    return Optional.empty();
  }
}
