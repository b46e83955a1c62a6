package io.gatekeeper.examples.kubeflow.dex;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.util.FileSystemUtils;

/**
 * A real Dex, as a process of its own on loopback. It ends when it is closed, or with this JVM. Its
 * configuration and its output are in a directory of their own, which goes with it.
 */
public final class DexProcess implements AutoCloseable {
  /** How long Dex may take to answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int POLL_MILLIS = 50;
  private static final int ANSWER_MILLIS = 1_000;
  private static final int END_SECONDS = 5;

  private final Path executable;
  private final Path directory;
  private final String listen;
  private final Process process;

  private DexProcess(Path executable, Function<String, DexConfig> config) throws IOException {
    this.executable = executable;
    this.listen = "127.0.0.1:" + freePort();
    String file = config.apply(listen).json();
    this.directory = Files.createTempDirectory("dex");
    try {
      Path configuration = directory.resolve("config.yaml");
      PrivateFile.write(configuration, file);
      this.process =
          new ProcessBuilder(
                  executable.toAbsolutePath().toString(), "serve", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(log().toFile())
              .start();
    } catch (IOException e) {
      FileSystemUtils.deleteRecursively(directory);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * Starts Dex on a free port, and waits until it answers.
   *
   * @param executable called as {@code dex serve config.yaml}
   * @param config from the address that it listens on; the issuer's path has to be {@code /dex}
   * @param patience how long it may take to answer
   * @return the running Dex
   * @throws IllegalArgumentException where it doesn't run, saying why in one line
   */
  public static DexProcess start(
      Path executable, Function<String, DexConfig> config, Duration patience) {
    if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
      throw new IllegalArgumentException(
          "dex: " + executable + " can't be run (expected: the path of Dex's executable)");
    }
    DexProcess dex;
    try {
      dex = new DexProcess(executable, config);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "dex: " + executable + " can't be run (" + e.getMessage() + ")");
    }
    try {
      dex.awaitAnswer(patience);
      return dex;
    } catch (RuntimeException e) {
      dex.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!answers()) {
      if (ended()) {
        throw new IllegalArgumentException(
            "dex: %s ended at once, with status %d: %s"
                .formatted(executable, process.exitValue(), lastLine()));
      }
      if (System.nanoTime() - end > 0) {
        throw new IllegalArgumentException(
            "dex: %s doesn't answer after %d s: %s"
                .formatted(executable, patience.toSeconds(), lastLine()));
      }
    }
  }

  private boolean answers() {
    try {
      URI discovery = address().resolve("/dex/.well-known/openid-configuration");
      HttpURLConnection connection = (HttpURLConnection) discovery.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits a little for it. */
  private boolean ended() {
    try {
      return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("dex: interrupted while it starts");
    }
  }

  private String lastLine() {
    try {
      return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((before, last) -> last)
          .map(Problems::printable)
          .orElse("it said nothing");
    } catch (IOException e) {
      return "its output can't be read";
    }
  }

  /** Where the gateway finds it. */
  public URI address() {
    return URI.create("http://" + listen);
  }

  /** Its output. */
  public Path log() {
    return directory.resolve("dex.log");
  }

  @Override
  public synchronized void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      System.err.println("dex: " + directory + " can't be deleted");
    }
  }
}
