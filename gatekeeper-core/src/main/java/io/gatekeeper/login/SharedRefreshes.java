package io.gatekeeper.login;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One call for each refresh token, whatever the number of those who ask, none of whom holds a
 * thread; for some minutes whoever comes late with a token that was used gets the answer too.
 * Bounded. Safe for use by many threads.
 */
final class SharedRefreshes {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST = 10_000;

  private final ShortMemory<String, CompletableFuture<Refreshed>> byToken =
      new ShortMemory<>(KEPT, MOST);
  private final Executor executor;
  private final Clock clock;

  SharedRefreshes(Executor executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * The answer to a refresh token.
   *
   * @param token what names the token
   * @param call asks the provider; never fails but by a mistake of ours
   * @param shed the answer where too many wait; it is not kept
   */
  CompletableFuture<Refreshed> get(
      String token, Supplier<Refreshed> call, Supplier<Refreshed> shed) {
    CompletableFuture<Refreshed> mine = new CompletableFuture<>();
    while (true) {
      CompletableFuture<Refreshed> earlier = byToken.putIfAbsent(token, mine);
      if (earlier == null) {
        start(token, mine, call, shed);
        return mine;
      }
      if (!isStale(earlier)) {
        return earlier;
      }
      byToken.remove(token, earlier);
    }
  }

  private boolean isStale(CompletableFuture<Refreshed> call) {
    return call.isDone()
        && (call.isCompletedExceptionally() || !call.join().isGood(clock.instant()));
  }

  private void start(
      String token,
      CompletableFuture<Refreshed> mine,
      Supplier<Refreshed> call,
      Supplier<Refreshed> shed) {
    try {
      executor.execute(() -> run(mine, call));
    } catch (RejectedExecutionException e) {
      byToken.remove(token, mine);
      mine.complete(shed.get());
    } catch (Error e) {
      // Such as for a thread that the system doesn't give.
      mine.completeExceptionally(e);
    }
  }

  /** Whatever comes of it, nobody waits for ever. */
  private static void run(CompletableFuture<Refreshed> mine, Supplier<Refreshed> call) {
    try {
      mine.complete(call.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
  }
}
