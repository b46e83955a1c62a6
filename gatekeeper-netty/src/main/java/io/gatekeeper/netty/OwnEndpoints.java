package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import java.util.concurrent.CompletionStage;

/** The own endpoints, which the gateway routes to us. */
final class OwnEndpoints implements Endpoint {
  private final Gatekeeper gatekeeper;

  OwnEndpoints(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  @Override
  public CompletionStage<Response> answer(NettyRequest request) {
    return gatekeeper.serve(request);
  }

  @Override
  public Response failed() {
    return Response.of(500).withBody("text/plain;charset=utf-8", Rejection.INTERNAL.message());
  }

  @Override
  public boolean readsForms() {
    return true;
  }
}
