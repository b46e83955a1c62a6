package io.gatekeeper.examples.testing;

import io.gatekeeper.testing.FakeProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An example that runs as its README says: a JVM of its own, which listens on the port that the
 * system property {@code port} names. Safe for use by many threads.
 */
public final class RunningExample implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final int port;
  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CountDownLatch readyOrOver = new CountDownLatch(1);

  private RunningExample(Program program, int port, Map<String, String> environment)
      throws IOException {
    this.port = port;
    ProcessBuilder builder = new ProcessBuilder(program.command(port));
    builder.directory(program.directory().toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEKEEPER_"));
    builder.environment().putAll(environment);
    this.process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread reader = new Thread(() -> read(program.readyLine()), "output of " + program.main());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * What to run.
   *
   * @param main the name of its main class
   * @param classPath what it runs with
   * @param directory its working directory
   * @param readyLine part of the line that it writes once it listens
   */
  public record Program(String main, ClassPath classPath, Path directory, String readyLine) {
    private List<String> command(int port) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
      // For a quick start.
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(List.of("-Dport=" + port, "-cp", classPath.toString(), main));
      return command;
    }
  }

  /**
   * Starts an example, whose people sign in at a provider, on a free port.
   *
   * @param program what to run
   * @param provider the provider
   * @return the running example
   * @throws IOException where no JVM can be started
   * @throws InterruptedException where the wait is cut short
   */
  public static RunningExample start(Program program, FakeProvider provider)
      throws IOException, InterruptedException {
    int port = freePort();
    return start(
        program,
        port,
        Map.of(
            "GATEKEEPER_ISSUER", provider.issuer(),
            "GATEKEEPER_CLIENT_ID", provider.clientId(),
            "GATEKEEPER_CLIENT_SECRET", provider.clientSecret(),
            "GATEKEEPER_EXTERNAL_URL", "http://127.0.0.1:" + port));
  }

  /**
   * Starts what knows nothing of us on a free port.
   *
   * @param program what to run
   * @return the running example
   * @throws IOException where no JVM can be started
   * @throws InterruptedException where the wait is cut short
   */
  public static RunningExample start(Program program) throws IOException, InterruptedException {
    return start(program, freePort(), Map.of());
  }

  private static RunningExample start(Program program, int port, Map<String, String> environment)
      throws IOException, InterruptedException {
    RunningExample example = new RunningExample(program, port, environment);
    boolean inTime = example.readyOrOver.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!inTime || !example.output().contains(program.readyLine())) {
      example.close();
      throw new AssertionError("It did not start:\n" + example.output());
    }
    return example;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void read(String readyLine) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.contains(readyLine)) {
          readyOrOver.countDown();
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    } finally {
      readyOrOver.countDown();
    }
  }

  /**
   * Where browsers reach it.
   *
   * @return an http URL without a slash at the end
   */
  public String base() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * What it has written so far.
   *
   * @return its lines
   */
  public String output() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
