package io.gatekeeper.servlet;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that write the answers that were waited for. A client that doesn't read holds up who
 * writes to it, which must not be one of the few who log people in. Nor is it a thread of the
 * container's: with all of them writing it would make new ones from within our code, and those
 * would keep the application's classes after it is taken away.
 */
final class AnswerWriters implements Executor, AutoCloseable {
  private static final int MOST = 256;
  private static final long IDLE_SECONDS = 10;

  // Beyond the most, and once these threads have ended, whoever has the answer writes it.
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          AnswerWriters::thread,
          (task, pool) -> task.run());

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "gatekeeper-answer");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** What is being written is written to its end. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
