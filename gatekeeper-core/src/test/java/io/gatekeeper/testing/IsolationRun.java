package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many users and strangers on a few connections, for a while. */
final class IsolationRun {
  private static final int CLIENTS = 16;
  private static final int LONGEST_BURST = 8;

  /**
   * So many bursts a connection however slow the machine is: every kind of request is among them.
   */
  private static final int FEWEST_BURSTS = 20;

  private final Guarded guarded;
  private final List<IsolatedUser> users;
  private final long seed;
  private final long end;
  private final Set<IsolatedRequest.Kind> kinds = ConcurrentHashMap.newKeySet();
  private final Set<String> sentTo = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean failed;

  IsolationRun(Guarded guarded, List<IsolatedUser> users, long seed, Duration lasting) {
    this.guarded = guarded;
    this.users = users;
    this.seed = seed;
    this.end = System.nanoTime() + lasting.toNanos();
  }

  /** Asks until the time is over, or an answer is wrong. */
  void go() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Void>> clients = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(client(number)));
      }
      for (Future<Void> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(
          e.getCause().getMessage() + "\n(repeat it: -Dgatekeeper.isolation.seed=" + seed + ")",
          e.getCause());
    } finally {
      failed = true;
      threads.shutdownNow();
    }
    assertEquals(Set.of(IsolatedRequest.Kind.values()), kinds, "the control: all kinds were asked");
    assertTrue(
        !guarded.pipelines() || answers.get() > 10 * opened.get(),
        "the control: %d answers on %d connections".formatted(answers.get(), opened.get()));
  }

  private Callable<Void> client(int number) {
    return () -> {
      Random random = new Random(seed + number);
      try (IsolationConnection connection = new IsolationConnection()) {
        for (int burst = 0; goesOn(burst); burst++) {
          connection.burst(requests(number + "-" + burst, random), this::answered);
        }
        opened.addAndGet(connection.opened());
      } catch (Throwable e) {
        failed = true;
        throw e;
      }
      return null;
    };
  }

  private boolean goesOn(int burst) {
    return !failed && (burst < FEWEST_BURSTS || System.nanoTime() < end);
  }

  private List<IsolatedRequest> requests(String burst, Random random) {
    int length = guarded.pipelines() ? 1 + random.nextInt(LONGEST_BURST) : 1;
    List<IsolatedRequest> requests = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String id = "c" + burst + "-" + i + "-" + Long.toHexString(seed);
      requests.add(IsolatedRequest.any(guarded.base(), users, id, random));
    }
    return requests;
  }

  private void answered(IsolatedRequest request, Page page) {
    request.check(page);
    kinds.add(request.kind());
    answers.incrementAndGet();
    if (page.redirects() && !sentTo.add(page.location())) {
      throw new AssertionError("two strangers got the same answer: " + page);
    }
  }

  /** How much it was. */
  @Override
  public String toString() {
    return "%,d answers by %d clients on %,d connections%s"
        .formatted(answers.get(), CLIENTS, opened.get(), guarded.pipelines() ? ", pipelined" : "");
  }
}
