package io.gatekeeper.examples.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The diff in an example's README: what it took to protect the application. Immutable. */
public final class ReadmeDiff {
  private static final Pattern BLOCK = Pattern.compile("```diff\n(.*?)\n```", Pattern.DOTALL);
  private static final String OLD = "--- ";
  private static final String NEW = "+++ ";

  private final List<FileDiff> files;

  private ReadmeDiff(List<FileDiff> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Reads it.
   *
   * @param readme the example's README, with one block of {@code diff}
   * @return what the block says
   * @throws IOException where the file can't be read
   */
  public static ReadmeDiff of(Path readme) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(readme));
    if (!block.find()) {
      throw new AssertionError("No diff in " + readme);
    }
    List<FileDiff> files = new ArrayList<>();
    for (String file : block.group(1).split("(?m)^(?=--- )", -1)) {
      if (!file.isEmpty()) {
        files.add(file(file.lines().toList()));
      }
    }
    return new ReadmeDiff(files);
  }

  private static FileDiff file(List<String> lines) {
    if (lines.size() < 2 || !lines.get(0).startsWith(OLD) || !lines.get(1).startsWith(NEW)) {
      throw new AssertionError("Not the changes of a file: " + lines);
    }
    List<Hunk> hunks = new ArrayList<>();
    int end = lines.size();
    for (int at = end - 1; at > 1; at--) {
      if (lines.get(at).startsWith("@@ ")) {
        hunks.add(0, Hunk.of(lines.get(at), lines.subList(at + 1, end)));
        end = at;
      }
    }
    boolean isNew = lines.get(0).equals(OLD + "/dev/null");
    return new FileDiff(lines.get(1).substring(NEW.length()), isNew, hunks);
  }

  /**
   * How many lines it adds and takes away, together.
   *
   * @return the number of lines that begin with a sign
   */
  public int changedLines() {
    return files.stream().mapToInt(FileDiff::changedLines).sum();
  }

  /**
   * Takes it back in a copy of the example.
   *
   * @param directory the copy; each file that the diff names is replaced by what it was
   * @throws IOException where a file can't be read or written
   * @throws AssertionError where a file isn't what the diff says
   */
  public void reverse(Path directory) throws IOException {
    for (FileDiff file : files) {
      file.reverse(directory);
    }
  }
}
