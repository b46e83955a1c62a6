package io.gatekeeper.examples.authcheck;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own with what this module runs with. Its output is read line by line. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Path directory, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    output = process.inputReader();
  }

  /** Runs a class on the class path. */
  static ChildJvm ofClassPath(Path directory, Class<?> main) throws IOException {
    String path = String.join(File.pathSeparator, entries().toList());
    return new ChildJvm(directory, List.of("-cp", path, main.getName()));
  }

  /** Runs the module's main class on the module path, where every module-info counts. */
  static ChildJvm ofModulePath(Path directory, Class<?> main, String argument) throws IOException {
    String path =
        String.join(
            File.pathSeparator,
            entries().filter(entry -> !entry.endsWith("test-classes")).toList());
    String module = "io.gatekeeper.examples.authcheck/" + main.getName();
    return new ChildJvm(directory, List.of("-p", path, "-m", module, argument));
  }

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** The output up to a line that contains a text, or to its end. */
  String outputUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      read.append(line).append('\n');
      if (line.contains(text)) {
        break;
      }
    }
    return read.toString();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
