package io.gatekeeper.examples.authcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever comes from elsewhere is sent to settings that there are. */
class MigratingPageTest {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final int HERE = 2;

  @Test
  void everySettingThatItNamesIsInTheConfigurationPage() throws IOException {
    String settings = Files.readString(DOCS.resolve("configuration.md"));
    List<String> rows =
        Files.readAllLines(DOCS.resolve("migrating.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| there"))
            .toList();
    List<String> missing = new ArrayList<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      assertEquals(5, cells.length, row);
      WORD.matcher(cells[HERE])
          .results()
          .map(word -> word.group(1))
          .filter(word -> !settings.contains("| `" + word + "` | `GATEKEEPER_"))
          .forEach(missing::add);
    }

    assertTrue(rows.size() > 80, () -> rows.size() + " rows");
    assertEquals(List.of(), missing);
  }
}
