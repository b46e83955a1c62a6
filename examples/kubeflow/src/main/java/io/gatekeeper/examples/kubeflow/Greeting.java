package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.Connector;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first lines: where it is, who may sign in, and what of the settings isn't used. */
final class Greeting {
  private Greeting() {}

  /**
   * The lines.
   *
   * @param address where browsers find the gateway
   * @param settings what was asked for
   * @param log the output of the Dex that runs, if one does
   */
  static String of(URI address, Settings settings, Optional<Path> log) {
    List<String> lines = new ArrayList<>(List.of("", "address: " + address));
    settings
        .ownProvider()
        .ifPresentOrElse(
            own -> lines.addAll(own(own, address)), () -> lines.addAll(people(settings)));
    settings.dex().ifPresent(dex -> lines.add("dex: " + dex));
    log.ifPresent(file -> lines.add("output of dex: " + file));
    if (!settings.connectors().isEmpty()) {
      lines.add(connectors(settings));
    }
    lines.addAll(List.of("", "Ctrl-C ends it.", ""));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> own(Settings.OwnProvider own, URI address) {
    return List.of(
        "issuer: " + own.issuer(),
        "client: %s, with the redirect URI %s/gatekeeper/callback"
            .formatted(own.clientId(), address));
  }

  private static List<String> people(Settings settings) {
    return settings
        .staticUser()
        .map(user -> List.of("user: " + user.username(), "password: " + user.password()))
        .orElse(List.of());
  }

  private static String connectors(Settings settings) {
    String ids =
        settings.connectors().stream().map(Connector::id).collect(Collectors.joining(", "));
    if (settings.dex().isPresent()) {
      return "connectors: " + ids;
    }
    return "connectors not used: "
        + ids
        + settings
            .ownProvider()
            .map(own -> " (a provider of your own has its own)")
            .orElse(
                " (the embedded provider knows the static user only;"
                    + " -Ddex=PATH runs a real Dex, which has them)");
  }
}
