package io.gatekeeper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files that hold secrets. What is wrong with one names the file and shows no secret. */
final class SecretFile {
  private static final int LONGEST = 64 * 1024;

  private SecretFile() {}

  /** A file's text without the newline at its end; empty where that is a problem. */
  static Optional<String> text(String where, String path, NodeReader nodes) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("\\r?\\n\\z", "");
      if (secret.isEmpty() || bytes.length > LONGEST) {
        nodes.problem(where, path, "a file that holds the secret, and only that");
        return Optional.empty();
      }
      return Optional.of(secret);
    } catch (CharacterCodingException e) {
      nodes.problem(where, path, "a file of UTF-8 text");
    } catch (IOException | InvalidPathException e) {
      nodes.problem(where, path, "a file that can be read");
    }
    return Optional.empty();
  }
}
