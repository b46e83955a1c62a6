package io.gatekeeper.testing;

import org.junit.jupiter.api.Nested;

/**
 * What every adapter keeps, over real HTTP: a login, its attackers and its accidents, as browsers
 * and programs meet them. An adapter's test extends this class and says how to start an application
 * that is guarded by it; {@link Adapter} names it in the table of results.
 */
@Contract("contract")
public abstract class GatekeeperContract {
  /** For subclasses. */
  protected GatekeeperContract() {}

  /**
   * Starts a guarded application on an ephemeral port of loopback.
   *
   * @param settings the Gatekeeper's settings, once the port is known
   * @return the application, running; the test closes it
   * @throws Exception when it can't be started
   */
  protected abstract Guarded guard(Guarded.Settings settings) throws Exception;

  @Nested
  class Challenge extends ChallengeContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Login extends LoginContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Callback extends CallbackContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class IdToken extends IdTokenContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Provider extends ProviderContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class SessionCookie extends SessionContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Access extends AccessContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class SignOut extends SignOutContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class EndSession extends EndSessionContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class OwnEndpoints extends EndpointsContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Admission extends AdmissionContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class LongTargets extends LongTargetContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class LargeSessions extends LargeSessionContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class SignOutProof extends SignOutProofContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Fragment extends FragmentContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class BackChannel extends BackChannelContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Renewal extends RenewalContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Revocation extends RevocationContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Refresh extends RefreshContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class RefreshAnswers extends RefreshAnswersContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class RefreshMishaps extends RefreshMishapsContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }

  @Nested
  class Trouble extends TroubleContract {
    @Override
    Guarded start(Guarded.Settings settings) throws Exception {
      return GatekeeperContract.this.guard(settings);
    }
  }
}
