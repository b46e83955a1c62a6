package io.gatekeeper.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which a connection has to have moved on. Moving it is an assignment: one timer a
 * connection wakes, looks, and sleeps on. For the connection's event loop only.
 */
final class Deadline {
  private final ChannelHandlerContext context;
  private final Runnable missed;
  private boolean set;
  private long at;
  private long wakes;
  private @Nullable Future<?> timer;

  Deadline(ChannelHandlerContext context, Runnable missed) {
    this.context = context;
    this.missed = missed;
  }

  void in(Duration time) {
    set = true;
    at = context.executor().ticker().nanoTime() + time.toNanos();
    if (timer == null || wakes - at > 0) {
      cancel();
      sleep(at);
    }
  }

  void clear() {
    set = false;
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void sleep(long until) {
    wakes = until;
    timer =
        context
            .executor()
            .schedule(
                this::wake, until - context.executor().ticker().nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void wake() {
    timer = null;
    if (!set) {
      return;
    }
    if (at - context.executor().ticker().nanoTime() > 0) {
      sleep(at);
    } else {
      set = false;
      missed.run();
    }
  }
}
