package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.netty.Children;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program as a process of its own, which can be stopped, started again, and held still. Its files
 * and its output are in a directory of its own under {@code target}, and stay there for whoever
 * looks for a reason. It ends with this JVM at the latest.
 */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int END_SECONDS = 10;

  private final String name;
  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> command = List.of();
  private Process process;

  /** One that doesn't run yet. */
  Program(String name) {
    this.name = name;
    try {
      Path programs = Files.createDirectories(Path.of("target", "programs"));
      directory = Files.createTempDirectory(programs.toAbsolutePath(), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it runs, and what it may write to. */
  Path directory() {
    return directory;
  }

  /** Writes one of its files. */
  Path file(String file, String text) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Program environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What {@link #start} runs. */
  Program command(String... words) {
    return command(List.of(words));
  }

  /** What {@link #start} runs. */
  Program command(List<String> words) {
    command = words;
    return this;
  }

  /** Starts it and waits until it is ready. */
  void start(Await.Condition ready) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be run; examples/kubeflow/interop/install", e);
    }
    Children.add(process);
    Await.until(
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it ended with " + process.exitValue());
          }
          return ready.holds();
        },
        () -> name + " isn't ready:\n" + output());
  }

  private File log() {
    return directory.resolve("output").toFile();
  }

  /** What it wrote so far. */
  String output() {
    try {
      return new String(Files.readAllBytes(log().toPath()), UTF_8);
    } catch (IOException e) {
      return "it wrote nothing";
    }
  }

  /** Ends it, as an operator does. */
  void stop() {
    if (process == null) {
      return;
    }
    resume();
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Children.remove(process);
    process = null;
  }

  /** Holds it still: its connections stay open, and nothing answers on them. */
  void pause() {
    signal("STOP");
    Await.until(PATIENCE, () -> state().startsWith("T"), () -> name + " doesn't stand still");
  }

  private String state() throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", "" + process.pid()).start();
    return new String(ps.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** Lets it go on. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
