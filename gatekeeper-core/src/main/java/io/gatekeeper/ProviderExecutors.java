package io.gatekeeper;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs what may have to wait. The threads end when there is nothing to do. */
final class ProviderExecutors {
  private static final int WAITING_THREADS = 64;
  private static final int WAITING_QUEUE = 512;
  private static final int BACKGROUND_THREADS = 3;
  private static final long IDLE_SECONDS = 10;

  private ProviderExecutors() {}

  /**
   * For what nobody waits for, apart from the former so that no flood of logins keeps it from
   * running: attempts at the metadata, fresh keys and looks at the session secrets' files, one at a
   * time of each.
   */
  static ScheduledExecutorService background() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(BACKGROUND_THREADS, threads("background"));
    return ending(executor);
  }

  /** For requests that wait: so many at once, so many more in a queue, and beyond that none. */
  static ExecutorService waiting() {
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(WAITING_QUEUE);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            WAITING_THREADS,
            WAITING_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            threads("login"));
    return ending(executor);
  }

  private static <E extends ThreadPoolExecutor> E ending(E executor) {
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "gatekeeper-" + name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
