package io.gatekeeper.testing;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every adapter keeps while many people share its connections: each answer belongs to its own
 * request and shows its own user, and nobody else. An adapter's test extends this class beside
 * {@link GatekeeperContract}. The system property {@code gatekeeper.isolation.seconds} says for how
 * long it asks (3 by default), and {@code gatekeeper.isolation.seed} repeats the requests of a run
 * that failed.
 */
@Contract("isolation")
public abstract class IsolationContract extends ContractBase {
  private static final int USERS = 100;

  private String summary = "";

  /** For subclasses. */
  protected IsolationContract() {}

  /**
   * Starts a guarded application on an ephemeral port of loopback.
   *
   * @param settings the Gatekeeper's settings, once the port is known
   * @return the application, running; the test closes it
   * @throws Exception when it can't be started
   */
  protected abstract Guarded guard(Guarded.Settings settings) throws Exception;

  @Override
  final Guarded start(Guarded.Settings settings) throws Exception {
    return guard(settings);
  }

  @Test
  void everyAnswerBelongsToItsRequestAndShowsNobodyElse() throws Exception {
    Guarded guarded = guard();
    List<IsolatedUser> users = IsolatedUser.signIn(USERS, this, guarded);
    IsolationRun run = new IsolationRun(guarded, users, seed(), seconds());
    run.go();
    summary = USERS + " users, " + run;
  }

  /** How many asked how much. */
  final String summary() {
    return summary;
  }

  private static long seed() {
    return Long.getLong("gatekeeper.isolation.seed", new Random().nextLong());
  }

  private static Duration seconds() {
    return Duration.ofSeconds(Integer.getInteger("gatekeeper.isolation.seconds", 3));
  }
}
