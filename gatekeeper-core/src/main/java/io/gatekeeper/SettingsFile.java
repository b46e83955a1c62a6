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

/** Reads the settings in a YAML file. */
final class SettingsFile {
  private static final int LARGEST = 1 << 20;

  private SettingsFile() {}

  /** Empty when the file can't be read as YAML, which is then a problem. */
  static Optional<SettingsTree> read(Path file, Problems problems) {
    return text(file, problems)
        .flatMap(text -> YamlText.parse(text, file.toString(), problems))
        .flatMap(node -> tree(file, node, problems));
  }

  private static Optional<SettingsTree> tree(Path file, JsonNode node, Problems problems) {
    SettingsTree tree = new SettingsTree();
    if (node.isObject()) {
      tree.putAll("", node, problems);
    } else if (!node.isNull()) {
      problems.add(file.toString(), "no map", "lines of key: value");
      return Optional.empty();
    }
    return Optional.of(tree);
  }

  private static Optional<String> text(Path file, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(file.toString(), "larger", "at most 1 MiB");
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problems.add(file.toString(), "other bytes", "UTF-8");
    } catch (IOException e) {
      problems.add(file.toString(), "can't be read", "a YAML file");
    }
    return Optional.empty();
  }
}
