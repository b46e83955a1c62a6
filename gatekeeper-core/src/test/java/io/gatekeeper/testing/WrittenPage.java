package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page below {@code docs} that a test reads, or writes and compares. */
public final class WrittenPage {
  private WrittenPage() {}

  /**
   * Compares a page with what it should say; with {@code -Dgatekeeper.docs=write} writes it first.
   *
   * @param name the page's name below {@code docs}
   * @param rendered what it should say
   * @throws IOException when the page can't be read or written
   */
  public static void assertSays(String name, String rendered) throws IOException {
    Path page = root().resolve("docs").resolve(name);
    if ("write".equals(System.getProperty("gatekeeper.docs"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, rendered);
    }
    assertEquals(
        rendered, Files.readString(page), "stale: run this test with -Dgatekeeper.docs=write");
  }

  /**
   * What a page says.
   *
   * @param name the page's name below {@code docs}
   * @return its text
   * @throws IOException when the page can't be read
   */
  public static String text(String name) throws IOException {
    return Files.readString(root().resolve("docs").resolve(name));
  }

  /** The module's parent, wherever the test was started. */
  private static Path root() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (!Files.isDirectory(module.resolve("gatekeeper-core"))) {
      module = module.getParent();
    }
    return module;
  }
}
