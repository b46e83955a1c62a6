package io.gatekeeper.netty;

import io.gatekeeper.testing.Guarded;
import java.io.IOException;
import org.junit.jupiter.api.Assertions;

/** Gateways for tests: the real one where this machine has it, else one of ours. */
final class Gateways {
  private Gateways() {}

  /** A guarded application behind the gateway of a dialect. */
  static Guarded guard(String dialect, Guarded.Settings settings) throws IOException {
    return new BehindGateway(start(dialect), dialect, settings);
  }

  /** A gateway without a route. On CI, where every package can be installed, the real one. */
  static TestGateway start(String dialect) throws IOException {
    return switch (dialect) {
      case "nginx" -> start(RealGateway.Kind.NGINX, new NginxManners(BehindGateway.LISTED));
      case "caddy" -> start(RealGateway.Kind.CADDY, new CaddyManners(BehindGateway.LISTED));
      case "haproxy" -> start(RealGateway.Kind.HAPROXY, new HaproxyManners(BehindGateway.LISTED));
      default -> fixture(dialect);
    };
  }

  /** One of ours. */
  static TestGateway fixture(String dialect) {
    return new FixtureGateway(
        switch (dialect) {
          case "envoy" -> new EnvoyManners("/check", BehindGateway.LISTED);
          case "nginx" -> new NginxManners(BehindGateway.LISTED);
          case "caddy" -> new CaddyManners(BehindGateway.LISTED);
          case "haproxy" -> new HaproxyManners(BehindGateway.LISTED);
          default -> new TraefikManners(BehindGateway.LISTED);
        });
  }

  private static TestGateway start(RealGateway.Kind kind, Manners manners) throws IOException {
    if (isReal(kind)) {
      return new RealGateway(kind);
    }
    return new FixtureGateway(manners);
  }

  /** Whether tests use the real one; without it a CI build fails. */
  static boolean isReal(RealGateway.Kind kind) {
    boolean there = kind.program().isPresent() && !Boolean.getBoolean("gateways.fixtures");
    if (!there && "true".equals(System.getenv("CI"))) {
      Assertions.fail("no " + kind + " on this machine, and CI=true; .ci/run installs it");
    }
    return there;
  }
}
