package io.gatekeeper.netty;

import io.gatekeeper.testing.Guarded;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Gateways for tests: the real one where this machine has it, else one of ours. */
final class Gateways {
  private Gateways() {}

  /** A guarded application behind the gateway of a dialect. */
  static Guarded guard(String dialect, Guarded.Settings settings) throws IOException {
    return new BehindGateway(start(dialect), dialect, settings);
  }

  /** A gateway without a route. */
  static TestGateway start(String dialect) throws IOException {
    Optional<RealGateway.Kind> real =
        Stream.of(RealGateway.Kind.values())
            .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(dialect))
            .filter(Gateways::isReal)
            .findFirst();
    return real.isPresent() ? new RealGateway(real.get()) : new FixtureGateway(manners(dialect));
  }

  private static Manners manners(String dialect) {
    Set<String> listed = BehindGateway.LISTED;
    return switch (dialect) {
      case "envoy" -> new EnvoyManners("/check", listed);
      case "nginx" -> new NginxManners(listed);
      case "caddy" -> new CaddyManners(listed);
      case "haproxy" -> new HaproxyManners(listed);
      case "traefik" -> new TraefikManners(listed);
      default -> throw new IllegalArgumentException(dialect);
    };
  }

  /** Whether tests use the real one; without it a CI build fails. */
  static boolean isReal(RealGateway.Kind kind) {
    boolean there = kind.program().isPresent() && !Boolean.getBoolean("gateways.fixtures");
    if (!there && "true".equals(System.getenv("CI"))) {
      Assertions.fail("no " + kind.file() + " on this machine, and CI=true; .ci/run installs it");
    }
    return there;
  }
}
