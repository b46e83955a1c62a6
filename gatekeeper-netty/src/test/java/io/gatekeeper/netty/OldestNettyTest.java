package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The control of the tests with the oldest Netty: it is this one that they run with. */
@EnabledIfSystemProperty(named = "gatekeeper.oldest.netty", matches = ".+")
class OldestNettyTest {
  @Test
  void everyJarOfNettyIsTheOldestThatWeClaim() {
    String oldest = System.getProperty("gatekeeper.oldest.netty");
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .filter(name -> name.startsWith("netty-"))
            .toList();
    assertFalse(jars.isEmpty());
    assertTrue(
        jars.stream().allMatch(name -> name.endsWith("-" + oldest + ".jar")), jars::toString);
  }
}
