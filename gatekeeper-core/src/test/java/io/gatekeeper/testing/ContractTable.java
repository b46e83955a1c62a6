package io.gatekeeper.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The table of all rows so far: {@code target/contract.md} under the directory that the system
 * property {@code gatekeeper.build} names, made from one file a row. Modules that are built at the
 * same time wait for one another. Without the property, as in an editor, nothing is written.
 */
final class ContractTable {
  private ContractTable() {}

  static synchronized void add(ContractTally tally) throws IOException {
    String build = System.getProperty("gatekeeper.build");
    if (build == null) {
      return;
    }
    Path target = Path.of(build, "target");
    Path rows = Files.createDirectories(target.resolve("contract"));
    try (FileChannel channel =
            FileChannel.open(
                rows.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      replace(rows.resolve(tally.key() + ".row"), tally.row());
      replace(target.resolve("contract.md"), ContractTally.HEADER + String.join("", read(rows)));
    }
  }

  private static List<String> read(Path rows) throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(rows, "*.row")) {
      for (Path file : files) {
        lines.add(Files.readString(file));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  /** Who reads meanwhile sees the old text or the new one, and never a part. */
  private static void replace(Path file, String text) throws IOException {
    Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
