package io.gatekeeper.examples.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM of an example runs with. Immutable.
 *
 * @param entries directories and jars, in order
 */
public record ClassPath(List<String> entries) {
  private static final List<String> OURS =
      List.of("gatekeeper-core", "gatekeeper-servlet", "gatekeeper-netty");

  /** Copies the list. */
  public ClassPath {
    entries = List.copyOf(entries);
  }

  /**
   * The example's own: that of its tests without what only they need.
   *
   * @return the class path
   */
  public static ClassPath ofExample() {
    return new ClassPath(
        Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            .filter(entry -> !isOfTests(Path.of(entry)))
            .toList());
  }

  /**
   * The same with other classes of the example, and without Gatekeeper.
   *
   * @param classes the example's classes, compiled without us
   * @return the class path
   */
  ClassPath withoutGatekeeper(Path classes) {
    return new ClassPath(
        Stream.concat(
                Stream.of(classes.toString()),
                entries.stream()
                    .filter(Predicate.not(ClassPath::isOurs))
                    .filter(entry -> !entry.endsWith(Path.of("target", "classes").toString())))
            .toList());
  }

  private static boolean isOfTests(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.equals("test-classes")
        || name.endsWith("-tests.jar")
        || name.startsWith("examples-testing")
        || entry.endsWith(Path.of("examples", "testing", "target", "classes"));
  }

  private static boolean isOurs(String entry) {
    for (Path part : Path.of(entry)) {
      if (OURS.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  /** As {@code java -cp} and {@code javac -cp} take it. */
  @Override
  public String toString() {
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
