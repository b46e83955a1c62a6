package io.gatekeeper;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs what talks to the provider. The threads end when there is nothing to do. */
final class ProviderExecutors {
  private static final int WAITING_THREADS = 64;
  private static final int WAITING_QUEUE = 512;
  private static final int BACKGROUND_THREADS = 2;
  private static final long IDLE_SECONDS = 10;

  private ProviderExecutors() {}

  /** For requests that wait: so many at once, so many more in a queue, and beyond that none. */
  static ExecutorService waiting() {
    return create("login", WAITING_THREADS, new LinkedBlockingQueue<>(WAITING_QUEUE));
  }

  /**
   * For what nobody waits for, apart from the former so that no flood of logins keeps it from
   * running: attempts at the metadata, one at a time, and fresh keys, one at a time.
   */
  static ExecutorService background() {
    return create("background", BACKGROUND_THREADS, new LinkedBlockingQueue<>());
  }

  private static ExecutorService create(String name, int threads, BlockingQueue<Runnable> queue) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            task -> {
              Thread thread =
                  new Thread(task, "gatekeeper-" + name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
