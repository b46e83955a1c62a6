package io.gatekeeper.examples.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * An example as it was without us: its sources with the README's diff taken back, compiled where
 * there is no Gatekeeper.
 *
 * @param directory the copy of the example's directory
 * @param classPath what it runs with
 */
public record Unguarded(Path directory, ClassPath classPath) {
  /**
   * Makes it.
   *
   * @param example the example's directory
   * @param copy an empty directory
   * @return the application, ready to run
   * @throws IOException where a file can't be read or written
   * @throws AssertionError where the diff isn't true, or what is left doesn't compile
   */
  public static Unguarded of(Path example, Path copy) throws IOException {
    copy(example, copy);
    ReadmeDiff.of(example.resolve("README.md")).reverse(copy);
    Path classes = Files.createDirectories(copy.resolve("target/classes"));
    Path resources = copy.resolve("src/main/resources");
    if (Files.isDirectory(resources)) {
      copy(resources, classes);
    }
    ClassPath classPath = ClassPath.ofExample().withoutGatekeeper(classes);
    compile(copy.resolve("src/main/java"), classes, classPath);
    return new Unguarded(copy, classPath);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Path target = to.resolve(relative.toString());
          Files.createDirectories(target.resolveSibling("x").getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private static void compile(Path sources, Path classes, ClassPath classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", classPath.toString(), "-parameters", "-proc:none");
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(javaFiles(sources)))
              .call();
      if (!compiled) {
        throw new AssertionError(messages.toString());
      }
    }
  }

  private static List<Path> javaFiles(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return new ArrayList<>(files.filter(file -> file.toString().endsWith(".java")).toList());
    }
  }
}
