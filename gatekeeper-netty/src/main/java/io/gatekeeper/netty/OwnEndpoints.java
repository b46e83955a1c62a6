package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The own endpoints, which the gateway routes to us. */
final class OwnEndpoints implements Endpoint {
  private final Gatekeeper gatekeeper;
  private final Dialect dialect;

  OwnEndpoints(Gatekeeper gatekeeper, Dialect dialect) {
    this.gatekeeper = gatekeeper;
    this.dialect = dialect;
  }

  @Override
  public CompletionStage<Response> answer(NettyRequest request) {
    if (!dialect.isRefused(request)) {
      return gatekeeper.serve(request);
    }
    GatekeeperRequest refused = dialect.refused(request);
    return refused == null
        ? CompletableFuture.completedFuture(Response.of(400))
        : gatekeeper.challenge(refused);
  }

  @Override
  public Response failed() {
    return Responses.FAILED;
  }

  @Override
  public boolean readsForms() {
    return true;
  }
}
