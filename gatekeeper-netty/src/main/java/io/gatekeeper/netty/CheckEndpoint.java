package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers a gateway's checks, on the spot. Whatever goes wrong, nothing gets by. */
final class CheckEndpoint implements Endpoint {
  private final Gatekeeper gatekeeper;
  private final Dialect dialect;

  CheckEndpoint(Gatekeeper gatekeeper, Dialect dialect) {
    this.gatekeeper = gatekeeper;
    this.dialect = dialect;
  }

  @Override
  public CompletionStage<Response> answer(NettyRequest request) {
    return CompletableFuture.completedFuture(decide(request));
  }

  // An Error too must not end as anything but a refusal.
  @SuppressWarnings("CatchThrowable")
  private Response decide(NettyRequest request) {
    try {
      GatekeeperRequest original = dialect.original(request);
      return original == null ? dialect.malformed() : dialect.answer(gatekeeper.check(original));
    } catch (Throwable e) {
      Mishaps.report("A check failed", e);
      return dialect.failed();
    }
  }

  @Override
  public Response failed() {
    return dialect.failed();
  }
}
