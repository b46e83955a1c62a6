package io.gatekeeper.examples.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeDiffTest {
  private static final String DIFF =
      """
      --- old.txt
      +++ old.txt
      @@ -1,2 +1,2 @@
      -one
      +eins
       two
      @@ -4,2 +4,3 @@
       four
      +four and a half

      --- /dev/null
      +++ new.txt
      @@ -0,0 +1 @@
      +--- new
      """;

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(directory.resolve("old.txt"), "eins\ntwo\nthree\nfour\nfour and a half\n\n");
    Files.writeString(directory.resolve("new.txt"), "--- new\n");
  }

  private ReadmeDiff diff(String text) throws IOException {
    Path readme = directory.resolve("README.md");
    Files.writeString(readme, "# Title\n\n```diff\n" + text + "```\n\n```\nother\n```\n");
    return ReadmeDiff.of(readme);
  }

  @Test
  void everyLineWithASignCounts() throws IOException {
    assertEquals(4, diff(DIFF).changedLines());
  }

  @Test
  void filesAreWhatTheyWereAfterwards() throws IOException {
    diff(DIFF).reverse(directory);

    assertEquals("one\ntwo\nthree\nfour\n\n", Files.readString(directory.resolve("old.txt")));
    assertFalse(Files.exists(directory.resolve("new.txt")));
  }

  @Test
  void lineThatIsNotInTheFileIsALie() throws IOException {
    ReadmeDiff lie = diff(DIFF.replace("four and a half", "four and more"));

    AssertionError found = assertThrows(AssertionError.class, () -> lie.reverse(directory));
    assertTrue(found.getMessage().contains("@@ -4,2 +4,3 @@"), found.getMessage());
  }

  @Test
  void lineThatIsSomewhereElseInTheFileIsALie() throws IOException {
    Files.writeString(
        directory.resolve("old.txt"), "\neins\ntwo\nthree\nfour\nfour and a half\n\n");
    ReadmeDiff lie = diff(DIFF);

    assertThrows(AssertionError.class, () -> lie.reverse(directory));
  }

  @Test
  void lineThatWasTakenAwayAndIsStillThereIsALie() throws IOException {
    Files.writeString(
        directory.resolve("old.txt"), "one\neins\ntwo\nthree\nfour\nfour and a half\n\n");
    ReadmeDiff lie = diff(DIFF);

    assertThrows(AssertionError.class, () -> lie.reverse(directory));
  }

  @Test
  void newFileWithMoreInItIsALie() throws IOException {
    Files.writeString(directory.resolve("new.txt"), "--- new\nand more\n");
    ReadmeDiff lie = diff(DIFF);

    AssertionError found = assertThrows(AssertionError.class, () -> lie.reverse(directory));
    assertTrue(found.getMessage().contains("and more"), found.getMessage());
  }

  @Test
  void headerThatCountsWrongIsNoDiff() {
    assertThrows(AssertionError.class, () -> diff(DIFF.replace("-4,2 +4,3", "-4,2 +4,4")));
  }

  @Test
  void readmeWithoutADiffIsNone() {
    assertThrows(AssertionError.class, () -> diff("").changedLines());
  }
}
