package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ContractTableTest {
  @TempDir private Path build;

  @Contract("sample")
  abstract static class SampleContract {
    @Nested
    class Part {
      @Test
      void passes() {}

      @ParameterizedTest
      @ValueSource(ints = {1, 2})
      void passesTwice(int number) {
        assertTrue(number > 0);
      }

      @Test
      void fails() {
        fail();
      }
    }

    @Test
    void isNotForThisAdapter() {
      abort();
    }

    @Test
    @Disabled("a sample")
    void isDisabled() {}
  }

  static class PlainSample extends SampleContract {}

  @Adapter("Server ${sample.version}")
  static class NamedSample extends SampleContract {}

  @Test
  void everyCaseIsCountedInTheRowOfItsAdapter() throws IOException {
    run(PlainSample.class);
    System.setProperty("sample.version", "1.5");
    run(NamedSample.class);
    System.setProperty("sample.version", "2.0");
    run(NamedSample.class);
    run(NamedSample.class);

    List<String> lines = Files.readAllLines(build.resolve("target/contract.md"));
    assertEquals(5, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("| adapter | suite | passed"), lines::toString);
    assertRow("PlainSample", lines.get(2));
    assertRow("Server 1.5", lines.get(3));
    assertRow("Server 2.0", lines.get(4));
  }

  private static void assertRow(String adapter, String line) {
    String cells = "| " + adapter + " | sample | 3 | **1** | 2 | ";
    assertTrue(line.matches("\\Q" + cells + "\\E\\d+\\.\\d \\|  \\|"), line);
  }

  private void run(Class<?> sample) {
    String before = System.getProperty("gatekeeper.build");
    System.setProperty("gatekeeper.build", build.toString());
    try {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(sample)).build();
      LauncherFactory.create().execute(request);
    } finally {
      if (before == null) {
        System.clearProperty("gatekeeper.build");
      } else {
        System.setProperty("gatekeeper.build", before);
      }
    }
  }
}
