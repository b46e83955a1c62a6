package io.gatekeeper.servlet.containers;

import org.junit.jupiter.api.Nested;

/** What an application sees of the filter, whichever container runs both. */
abstract class ContainerSemantics {
  /** Starts the container. */
  abstract Container start(int threads) throws Exception;

  @Nested
  class Principal extends PrincipalSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class HttpSession extends HttpSessionSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Dispatch extends DispatchSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Async extends AsyncSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class HostileClient extends HostileClientSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class ErrorPage extends ErrorPageSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Place extends PlaceSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Neighbour extends NeighbourSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Settings extends SettingsSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Body extends BodySemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Upgrade extends UpgradeSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Http2 extends Http2Semantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Waiting extends WaitingSemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }

  @Nested
  class Redeploy extends RedeploySemantics {
    @Override
    Container start(int threads) throws Exception {
      return ContainerSemantics.this.start(threads);
    }
  }
}
