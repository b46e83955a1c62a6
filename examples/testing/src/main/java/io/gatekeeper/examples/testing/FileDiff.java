package io.gatekeeper.examples.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The changes of one file in a unified diff.
 *
 * @param path the file, as seen from the example's directory
 * @param isNew whether the file is there only with the change
 * @param hunks the changes, from the first to the last
 */
record FileDiff(String path, boolean isNew, List<Hunk> hunks) {
  FileDiff {
    hunks = List.copyOf(hunks);
  }

  int changedLines() {
    return hunks.stream().mapToInt(Hunk::changedLines).sum();
  }

  /**
   * Makes a changed file what it was.
   *
   * @param directory a copy of the example
   * @throws IOException where the file can't be read or written
   */
  void reverse(Path directory) throws IOException {
    Path file = directory.resolve(path);
    List<String> lines = Files.readAllLines(file);
    for (int last = hunks.size() - 1; last >= 0; last--) {
      lines = hunks.get(last).reverse(lines);
    }
    if (!isNew) {
      Files.write(file, lines);
    } else if (lines.isEmpty()) {
      Files.delete(file);
    } else {
      throw new AssertionError("More is in " + path + " than the diff shows: " + lines);
    }
  }
}
