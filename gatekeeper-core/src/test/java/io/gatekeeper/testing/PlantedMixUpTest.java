package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

/** The isolation contract finds adapters that mix people up. */
class PlantedMixUpTest extends ContractBase {
  private volatile UnaryOperator<Decision> mistake;

  @Override
  Guarded start(Guarded.Settings settings) {
    return CoreGuarded.embedded(settings, decision -> mistake.apply(decision));
  }

  /** A thread serves one connection here, so this one is both. */
  @Test
  void adapterThatRemembersTheLastIdentityOfAConnectionIsFound() throws Exception {
    Map<Thread, Decision> last = new ConcurrentHashMap<>();
    String failure =
        failure(
            decision -> {
              if (isOfUser(decision)) {
                last.put(Thread.currentThread(), decision);
              }
              boolean stranger = decision instanceof Decision.Proceed && !isOfUser(decision);
              return stranger ? last.getOrDefault(Thread.currentThread(), decision) : decision;
            });
    assertTrue(failure.contains("by a stranger"), failure);
  }

  @Test
  void adapterThatHandsOutTheIdentityOfTheRequestBeforeIsFoundWithBothNames() throws Exception {
    AtomicReference<Decision> last = new AtomicReference<>();
    String failure =
        failure(
            decision -> {
              Decision before = isOfUser(decision) ? last.getAndSet(decision) : null;
              return before == null ? decision : before;
            });
    List<String> names =
        IsolatedUser.NAMES.matcher(failure).results().map(MatchResult::group).distinct().toList();
    assertTrue(names.size() >= 2, failure);
  }

  @Test
  void adapterThatLetsRefusedOnesByWithTheLastIdentityIsFound() throws Exception {
    Map<Thread, Decision> last = new ConcurrentHashMap<>();
    failure(
        decision -> {
          if (isOfUser(decision)) {
            last.put(Thread.currentThread(), decision);
          }
          boolean refused = decision instanceof Decision.Respond;
          return refused ? last.getOrDefault(Thread.currentThread(), decision) : decision;
        });
  }

  @Test
  void adapterThatMixesUpCookiesAloneIsFound() throws Exception {
    AtomicReference<String> cookie = new AtomicReference<>("");
    failure(
        decision -> {
          if (!(decision instanceof Decision.Proceed proceed) || proceed.who() == null) {
            return decision;
          }
          return new Decision.Proceed(
              proceed.who(),
              proceed.session(),
              proceed.identityHeaders(),
              cookie.getAndSet(proceed.cookie()));
        });
  }

  @Test
  void adapterThatAnswersTwoStrangersAlikeIsFound() throws Exception {
    AtomicReference<Decision> first = new AtomicReference<>();
    String failure =
        failure(
            decision -> {
              boolean sends =
                  decision instanceof Decision.Respond respond
                      && respond.response().status() == 302;
              return sends && !first.compareAndSet(null, decision) ? first.get() : decision;
            });
    assertTrue(failure.contains("two strangers"), failure);
  }

  private static boolean isOfUser(Decision decision) {
    return decision instanceof Decision.Proceed proceed && proceed.who() != null;
  }

  /** The adapter behaves while people sign in. */
  private String failure(UnaryOperator<Decision> planted) throws Exception {
    mistake = decision -> decision;
    Guarded guarded = guard();
    List<IsolatedUser> users = IsolatedUser.signIn(6, this, guarded);
    assertEquals(6, users.size());
    mistake = planted;
    IsolationRun run = new IsolationRun(guarded, users, 1, Duration.ofSeconds(1));
    String failure = assertThrows(AssertionError.class, run::go).getMessage();
    assertTrue(failure.contains("-Dgatekeeper.isolation.seed=1"), failure);
    return failure;
  }
}
