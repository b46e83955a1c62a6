package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The modules resolve and run on a real module path; the other tests use the class path. */
class ModulePathTest {
  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void mainRunsAsAModule() throws Exception {
    try (ChildJvm jvm = ChildJvm.ofModulePath(directory, Main.class, "--help")) {
      String output = jvm.outputUntil("no such line");
      assertTrue(output.contains("Usage: java -jar"), output);
      assertEquals(0, jvm.exitCode(), output);
    }
  }
}
