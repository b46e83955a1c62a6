package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;

/** The control of the tests with the oldest versions: it is these that they run with. */
@EnabledIfSystemProperty(named = "gatekeeper.oldest.jackson", matches = ".+")
class OldestVersionsTest {
  @Test
  void jacksonIsTheOldestThatWeClaim() {
    String oldest = System.getProperty("gatekeeper.oldest.jackson");
    assertEquals(oldest, new ObjectMapper().version().toString());
    assertEquals(oldest, new YAMLFactory().version().toString());
  }

  @Test
  void slf4jIsTheOldestThatWeClaim() {
    String jar = Logger.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String oldest = System.getProperty("gatekeeper.oldest.slf4j");
    assertTrue(jar.endsWith("/slf4j-api-" + oldest + ".jar"), jar);
    assertThrows(NoSuchMethodException.class, () -> Logger.class.getMethod("atInfo"));
  }
}
