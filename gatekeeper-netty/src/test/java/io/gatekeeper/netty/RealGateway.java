package io.gatekeeper.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gateway as its package installs it, with the configuration that we ship. Only addresses are
 * changed, and what would write outside of a directory of its own.
 */
public final class RealGateway implements TestGateway {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern ADDRESS =
      Pattern.compile("127\\.0\\.0\\.1(:|, port_value: )(4181|4180|8000)\\b");
  private static final Path SHIPPED = shipped();

  /** Those that there are packages of. */
  public enum Kind {
    NGINX("-e stderr -p . -c nginx.conf -g"),
    CADDY("run --adapter caddyfile --config Caddyfile"),
    HAPROXY("-db -q -f haproxy.cfg"),
    ENVOY("-c envoy.yaml --use-dynamic-base-id --concurrency 2 --log-level warning");

    private final String arguments;

    Kind(String arguments) {
      this.arguments = arguments;
    }

    /** The program's, and that of the directory of its files. */
    public String file() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Its program, if this machine has it; Envoy is where examples/kubeflow/interop/install puts
     * it.
     */
    public Optional<Path> program() {
      return Programs.find(file());
    }

    List<String> commandLine() {
      List<String> line = new ArrayList<>(List.of(program().orElseThrow().toString()));
      line.addAll(List.of(arguments.split(" ", -1)));
      if (this == NGINX) {
        line.add("daemon off; master_process off; pid nginx.pid;");
      }
      return line;
    }

    String adapted(String text, InetSocketAddress listen) {
      String port = ":" + listen.getPort();
      return switch (this) {
        case NGINX ->
            text.replace("listen 8080", "listen 127.0.0.1" + port)
                .replace("http {\n", "http {\naccess_log off;\n" + directories());
        case CADDY ->
            text.replace("\n:8080 {", "\n" + port + " {")
                .replace("admin off", "admin off\n\tdefault_bind 127.0.0.1");
        case HAPROXY -> text.replace("bind :8080", "bind 127.0.0.1" + port);
        case ENVOY ->
            text.replace(
                    "address: 0.0.0.0, port_value: 8080",
                    "address: 127.0.0.1, port_value: " + listen.getPort())
                .replace(
                    "                        authorization_response:",
                    "                        path_prefix: /check\n"
                        + "                        authorization_response:");
      };
    }

    private static String directories() {
      StringBuilder text = new StringBuilder();
      for (String what : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
        text.append(what).append("_temp_path ").append(what).append(";\n");
      }
      return text.toString();
    }
  }

  /** From whichever module's directory the tests run in. */
  private static Path shipped() {
    Path place = Path.of("").toAbsolutePath();
    while (place != null) {
      Path deploy = place.resolve("examples/auth-check-server/deploy");
      if (Files.isDirectory(deploy)) {
        return deploy;
      }
      place = place.getParent();
    }
    throw new IllegalStateException("no examples/auth-check-server/deploy above this directory");
  }

  private final Kind kind;
  private final UnaryOperator<String> edit;
  private final InetSocketAddress address = LoopbackPorts.free();
  private final Path directory;
  private Process process;

  public RealGateway(Kind kind) throws IOException {
    this(kind, text -> text);
  }

  /** With one thing more changed in each of its files. */
  public RealGateway(Kind kind, UnaryOperator<String> edit) throws IOException {
    this.kind = kind;
    this.edit = edit;
    this.directory = Files.createTempDirectory("gatekeeper-" + kind.file());
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** Whether dot segments are resolved (RFC 3986, section 5.2.4) before we are asked. */
  public boolean resolvesDotSegments() {
    return kind == Kind.ENVOY;
  }

  @Override
  public RealGateway route(Routes routes) throws IOException {
    Path shipped = SHIPPED.resolve(kind.file());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(shipped)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = directory.resolve(shipped.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      String text = kind.adapted(Files.readString(file), address);
      Files.writeString(copy, edit.apply(routed(text, routes)));
    }
    start();
    return this;
  }

  /** In one pass: a port that was put in may look like one that is to be replaced. */
  private static String routed(String text, Routes routes) {
    Map<String, InetSocketAddress> places =
        Map.of("4181", routes.checks(), "4180", routes.endpoints(), "8000", routes.application());
    return ADDRESS
        .matcher(text)
        .replaceAll(found -> "127.0.0.1" + found.group(1) + places.get(found.group(2)).getPort());
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(kind.commandLine())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    for (String home : List.of("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
      builder.environment().put(home, directory.toString());
    }
    process = builder.start();
    Children.add(process);
    awaitListening();
  }

  private void awaitListening() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    throw new IOException(kind + " does not listen:\n" + output());
  }

  /** What it wrote so far. */
  public String output() throws IOException {
    return Files.readString(directory.resolve("output"));
  }

  @Override
  public void close() {
    try {
      if (process != null) {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
        Children.remove(process);
      }
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, IOException failure)
              throws IOException {
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
