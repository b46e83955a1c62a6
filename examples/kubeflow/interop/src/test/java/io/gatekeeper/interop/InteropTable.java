package io.gatekeeper.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What passed where, as {@code target/interop.md}; with {@code -Dgatekeeper.docs=write} also as
 * docs/interop.md. Safe for use by many threads.
 */
final class InteropTable implements AutoCloseable {
  private static final Path WRITTEN = Path.of("target", "interop.md");
  private static final Path DOCUMENT = Path.of("../../../docs/interop.md");
  private static final String HEAD =
      """
      # What passed where

      <!-- Written by the interop tests with -Dgatekeeper.docs=write; CI compares it with its own run. -->

      Each cell is a test with the real programs: the gateway with the files that we ship, Gatekeeper as
      `auth-check-server.jar`, the provider, and an application behind. A number counts the cases of a test.
      [interop](../examples/kubeflow/interop/README.md) has the programs and the two commands;
      [flow.md](flow.md) shows one login as it went over the wire.

      Not run: Traefik, Emissary as a whole (its filter is, in Envoy), Istio, ingress-nginx, Kubernetes, Kubeflow
      and Docker Compose. [gateways.md](gateways.md) says what holds their files instead.
      """;

  /** Passed and failed cases of a test with a gateway. */
  private record Tally(int passed, int failed) {
    Tally plus(boolean success) {
      return success ? new Tally(passed + 1, failed) : new Tally(passed, failed + 1);
    }

    @Override
    public String toString() {
      return failed > 0 ? "**failed**" : passed == 1 ? "passed" : passed + " passed";
    }
  }

  private final Map<String, Map<String, Map<GatewayKind, Tally>>> headings = new TreeMap<>();

  synchronized void add(String heading, String row, GatewayKind gateway, boolean passed) {
    headings
        .computeIfAbsent(heading, key -> new TreeMap<>())
        .computeIfAbsent(row, key -> new EnumMap<>(GatewayKind.class))
        .merge(gateway, new Tally(0, 0).plus(passed), (before, first) -> before.plus(passed));
  }

  private String text() {
    StringBuilder text = new StringBuilder(HEAD);
    headings.forEach(
        (heading, rows) -> {
          Set<GatewayKind> gateways = EnumSet.noneOf(GatewayKind.class);
          rows.values().forEach(row -> gateways.addAll(row.keySet()));
          text.append("\n## ").append(heading).append("\n\n");
          text.append(line("", gateways.stream().map(GatewayKind::title).toList()));
          text.append("|---|").append("---|".repeat(gateways.size())).append('\n');
          rows.forEach(
              (name, row) ->
                  text.append(
                      line(
                          name,
                          gateways.stream()
                              .map(each -> row.containsKey(each) ? row.get(each).toString() : "-")
                              .toList())));
        });
    return text.toString();
  }

  private static String line(String first, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
  }

  @Override
  public synchronized void close() throws IOException {
    for (Path file : places()) {
      Files.writeString(file, text());
    }
  }

  private static List<Path> places() {
    boolean write = "write".equals(System.getProperty("gatekeeper.docs"));
    return write ? Arrays.asList(WRITTEN, DOCUMENT) : List.of(WRITTEN);
  }
}
