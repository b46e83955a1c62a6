package io.gatekeeper.netty;

import io.gatekeeper.testing.Adapter;
import io.gatekeeper.testing.Guarded;
import io.gatekeeper.testing.IsolationContract;
import org.junit.jupiter.api.Nested;

/** Checks of many people on the connections that a gateway keeps are not mixed up. */
class AuthCheckIsolationTest {
  @Nested
  @Adapter("auth check, envoy")
  class Envoy extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) throws Exception {
      return Gateways.guard("envoy", settings);
    }
  }

  @Nested
  @Adapter("auth check, nginx")
  class Nginx extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) throws Exception {
      return Gateways.guard("nginx", settings);
    }
  }

  @Nested
  @Adapter("auth check, traefik")
  class Traefik extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) throws Exception {
      return Gateways.guard("traefik", settings);
    }
  }

  @Nested
  @Adapter("auth check, caddy")
  class Caddy extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) throws Exception {
      return Gateways.guard("caddy", settings);
    }
  }

  @Nested
  @Adapter("auth check, haproxy")
  class Haproxy extends IsolationContract {
    @Override
    protected Guarded guard(Guarded.Settings settings) throws Exception {
      return Gateways.guard("haproxy", settings);
    }
  }
}
