package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private static final String CONNECTORS =
      "[{id: one, name: One, type: mockCallback}, {id: two, name: Two, type: mockCallback}]";

  private static List<String> lines(Map<String, String> values, Optional<Path> log) {
    Map<String, String> all = new HashMap<>(values);
    all.put("static-password", "hush");
    all.put("connectors", CONNECTORS);
    return Greeting.of(URI.create("http://localhost:1"), TestSettings.of(all), log)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  @Test
  void theEmbeddedProviderSaysWhichConnectorsItDoesNotUse() {
    assertEquals(
        List.of(
            "address: http://localhost:1",
            "user: user@example.com",
            "password: hush",
            "connectors not used: one, two (the embedded provider knows the static user only;"
                + " -Ddex=PATH runs a real Dex, which has them)",
            "Ctrl-C ends it."),
        lines(Map.of(), Optional.empty()));
  }

  @Test
  void aProviderOfOnesOwnHasItsOwnConnectors() {
    assertEquals(
        List.of(
            "address: http://localhost:1",
            "issuer: https://id.example",
            "client: kubeflow, with the redirect URI http://localhost:1/gatekeeper/callback",
            "connectors not used: one, two (a provider of your own has its own)",
            "Ctrl-C ends it."),
        lines(Map.of("issuer", "https://id.example"), Optional.empty()));
  }

  @Test
  void aRealDexIsNamedWithItsConnectorsAndItsOutput() {
    assertEquals(
        List.of(
            "address: http://localhost:1",
            "user: user@example.com",
            "password: hush",
            "dex: /opt/dex",
            "output of dex: /tmp/dex.log",
            "connectors: one, two",
            "Ctrl-C ends it."),
        lines(Map.of("dex", "/opt/dex"), Optional.of(Path.of("/tmp/dex.log"))));
  }
}
