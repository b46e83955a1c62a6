package io.gatekeeper.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What of it runs: {@code -Dgateway=envoy,nginx}; all, where nothing is said. */
final class Chosen {
  private Chosen() {}

  static Stream<GatewayKind> gateways() {
    String names = System.getProperty("gatekeeper.interop.gateway", "").toUpperCase(Locale.ROOT);
    if (names.isBlank()) {
      return Stream.of(GatewayKind.values());
    }
    List<String> chosen = Arrays.asList(names.split(",", -1));
    return chosen.stream().map(name -> GatewayKind.valueOf(name.strip()));
  }
}
