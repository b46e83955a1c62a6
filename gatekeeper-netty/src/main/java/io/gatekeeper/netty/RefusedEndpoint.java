package io.gatekeeper.netty;

import io.gatekeeper.http.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What those get who may not ask. */
final class RefusedEndpoint implements Endpoint {
  @Override
  public CompletionStage<Response> answer(NettyRequest request) {
    return CompletableFuture.completedFuture(failed());
  }

  @Override
  public Response failed() {
    return Response.of(403);
  }
}
