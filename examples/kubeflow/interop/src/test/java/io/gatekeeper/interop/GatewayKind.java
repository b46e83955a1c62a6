package io.gatekeeper.interop;

import io.gatekeeper.netty.RealGateway;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The gateways, each with the file that we ship for it. */
enum GatewayKind {
  ENVOY(RealGateway.Kind.ENVOY, "Envoy"),
  /** Envoy with what Emissary generates; that itself doesn't run outside of Kubernetes. */
  EMISSARY(RealGateway.Kind.ENVOY, "Emissary's filter in Envoy"),
  NGINX(RealGateway.Kind.NGINX, "nginx"),
  CADDY(RealGateway.Kind.CADDY, "Caddy"),
  HAPROXY(RealGateway.Kind.HAPROXY, "HAProxy");

  private final RealGateway.Kind program;
  private final String title;

  GatewayKind(RealGateway.Kind program, String title) {
    this.program = program;
    this.title = title;
  }

  /** The one of that name, if there is one. */
  static Optional<GatewayKind> called(String name) {
    return Stream.of(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** What runs. */
  RealGateway.Kind program() {
    return program;
  }

  /** How it is called in the table. */
  String title() {
    return title;
  }

  /** What Gatekeeper's setting {@code gateway} is for it. */
  String dialect() {
    return program.name().toLowerCase(Locale.ROOT);
  }
}
