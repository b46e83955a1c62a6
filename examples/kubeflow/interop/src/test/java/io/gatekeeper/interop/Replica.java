package io.gatekeeper.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of several Gatekeepers behind a gateway, with a mount of its own for the session secrets, in
 * which it finds two files: the newest secret, and the former ones.
 */
final class Replica implements AutoCloseable {
  private static final String NEWEST = "newest";
  private static final String FORMER = "former";

  private final Path mount;
  private final AuthCheck check;
  private int versions;

  /** One that doesn't run yet; {@code settings} without the secrets. */
  Replica(Map<String, Object> settings, String newest, String... former) {
    try {
      mount = Files.createTempDirectory("session-secrets");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(newest, former);
    Path data = mount.resolve("data");
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put(
        "session-secret-files",
        List.of(data.resolve(NEWEST).toString(), data.resolve(FORMER).toString()));
    check = new AuthCheck(all);
  }

  /** Puts new files in place of the old ones, both at once: a link is swapped, as in Kubernetes. */
  void write(String newest, String... former) {
    try {
      Path version = Files.createDirectory(mount.resolve("version-" + versions++));
      Files.writeString(version.resolve(NEWEST), newest + "\n");
      Files.writeString(version.resolve(FORMER), String.join("\n", former) + "\n");
      Path link = Files.createSymbolicLink(mount.resolve("next"), version);
      Files.move(link, mount.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    check.start();
  }

  /** How often it has taken over what the files hold. */
  long changes() {
    return output().lines().filter(line -> line.contains("session-secret-files: changed")).count();
  }

  String output() {
    return check.output();
  }

  InetSocketAddress checks() {
    return check.checks();
  }

  InetSocketAddress endpoints() {
    return check.endpoints();
  }

  @Override
  public void close() {
    check.close();
  }
}
