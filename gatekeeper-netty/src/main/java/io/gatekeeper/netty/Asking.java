package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the gatekeeper such that a mistake of its own is a value too, and lets nothing by. */
// An Error too must not end as anything but a refusal.
@SuppressWarnings("CatchThrowable")
final class Asking {
  private final Gatekeeper gatekeeper;

  Asking(Gatekeeper gatekeeper) {
    this.gatekeeper = Objects.requireNonNull(gatekeeper);
  }

  /** Whether a request is to an own endpoint, which may read its form. */
  boolean owns(NettyRequest request) {
    try {
      return gatekeeper.owns(request);
    } catch (Throwable e) {
      Mishaps.report("An own endpoint isn't known", e);
      return false;
    }
  }

  /** The decision, mostly made on the spot, else later and on some other thread. */
  CompletableFuture<Decision> about(NettyRequest request) {
    try {
      return gatekeeper.handle(request).toCompletableFuture();
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What was decided; null where nothing was, by a mistake of ours. */
  static @Nullable Decision resultOf(CompletableFuture<Decision> made) {
    try {
      return Objects.requireNonNull(made.join());
    } catch (RuntimeException e) {
      Mishaps.report("A request is not decided", e.getCause() == null ? e : e.getCause());
      return null;
    }
  }
}
