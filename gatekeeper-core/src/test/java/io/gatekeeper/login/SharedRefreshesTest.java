package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatekeeper.identity.Rejection;
import io.gatekeeper.testing.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SharedRefreshesTest {
  private final TestClock clock = new TestClock();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final SharedRefreshes shared = new SharedRefreshes(waiting::add, clock);
  private int calls;

  private Refreshed next(boolean rotated) {
    calls++;
    return new Refreshed.Next(
        "token " + calls, clock.instant().plus(Duration.ofMinutes(1)), null, rotated);
  }

  private CompletableFuture<Refreshed> get(boolean rotated) {
    return shared.get(
        "name", () -> next(rotated), () -> new Refreshed.Lost(Rejection.INTERNAL, true));
  }

  private CompletableFuture<Refreshed> done(CompletableFuture<Refreshed> call) {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    call.join();
    return call;
  }

  @Test
  void whoeverAsksMeanwhileOrSoonSharesTheCall() {
    CompletableFuture<Refreshed> first = get(true);

    assertSame(first, get(true));
    assertSame(done(first), get(true));
    assertEquals(1, calls);
  }

  @Test
  void usedRefreshTokenIsNeverUsedAgainHoweverLateTheLatecomer() {
    CompletableFuture<Refreshed> first = done(get(true));
    clock.advance(Duration.ofHours(1));

    assertSame(first, get(true));
  }

  @Test
  void refreshTokenThatStaysTheSameIsUsedAgainOnceItsAnswerIsDue() {
    CompletableFuture<Refreshed> first = done(get(false));
    clock.advance(Duration.ofSeconds(59));
    assertSame(first, get(false));
    clock.advance(Duration.ofSeconds(1));

    CompletableFuture<Refreshed> second = get(false);
    assertNotSame(first, second);
    assertSame(second, get(false));
    assertSame(second, done(second));
    assertEquals(2, calls);
  }

  @Test
  void answerThatIsNeverDueIsGoodForAsLongAsItIsRemembered() {
    CompletableFuture<Refreshed> last =
        shared.get(
            "name", () -> new Refreshed.Next("the last", null, null, false), () -> next(true));

    assertSame(done(last), get(false));
  }

  @Test
  void otherTokensHaveOtherAnswers() {
    CompletableFuture<Refreshed> first = done(get(true));

    assertNotSame(first, shared.get("another", () -> next(true), () -> next(true)));
  }

  @Test
  void whatIsShedIsToldSoAndTriedAgain() {
    SharedRefreshes full =
        new SharedRefreshes(
            task -> {
              throw new RejectedExecutionException();
            },
            clock);
    Refreshed shed = new Refreshed.Lost(Rejection.OVERLOADED, false);

    CompletableFuture<Refreshed> first = full.get("name", () -> next(true), () -> shed);

    assertSame(shed, first.join());
    assertNotSame(first, full.get("name", () -> next(true), () -> shed));
    assertEquals(0, calls);
  }

  /** A StackOverflowError of a parser's, for one. */
  @Test
  void nobodyWaitsForACallThatBrokeOrNeverBegan() {
    CompletableFuture<Refreshed> broken =
        shared.get(
            "name",
            () -> {
              throw new StackOverflowError();
            },
            () -> next(true));
    waiting.remove().run();
    assertThrows(CompletionException.class, broken::join);
    SharedRefreshes exhausted =
        new SharedRefreshes(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            clock);

    CompletableFuture<Refreshed> first = exhausted.get("name", () -> next(true), () -> next(true));

    assertThrows(CompletionException.class, first::join);
    assertNotSame(first, exhausted.get("name", () -> next(true), () -> next(true)));
    assertNotSame(broken, get(true));
  }

  @Test
  void mistakeIsNotKept() {
    CompletableFuture<Refreshed> broken =
        shared.get(
            "name",
            () -> {
              throw new IllegalStateException("a mistake");
            },
            () -> next(true));
    waiting.remove().run();

    assertThrows(CompletionException.class, broken::join);
    assertNotSame(broken, get(true));
  }
}
