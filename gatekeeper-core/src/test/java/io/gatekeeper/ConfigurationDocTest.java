package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationDocTest {
  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    Path page = root().resolve("docs").resolve("configuration.md");
    String rendered = ConfigurationPage.render();
    if ("write".equals(System.getProperty("gatekeeper.docs"))) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, rendered);
    }
    assertEquals(
        rendered, Files.readString(page), "stale: run this test with -Dgatekeeper.docs=write");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void eachSettingIsExplainedInSentencesThatFitATable(Setting setting) {
    assertTrue(setting.doc().matches("[A-Z`].*[.)]"), setting.doc());
    String cells = setting.type() + setting.defaultText() + setting.doc();
    assertTrue(cells.indexOf('|') < 0 && cells.indexOf('\n') < 0, cells);
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
