package io.gatekeeper.examples.authcheck;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.session.Revocations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets nobody by, and asks no provider. */
final class ClosedGatekeeper implements Gatekeeper {
  @Override
  public CompletionStage<Decision> handle(GatekeeperRequest request) {
    return CompletableFuture.completedFuture(check(request));
  }

  @Override
  public boolean owns(GatekeeperRequest request) {
    return false;
  }

  @Override
  public Decision check(GatekeeperRequest request) {
    return new Decision.Respond(Response.of(403), null);
  }

  @Override
  public CompletionStage<Response> serve(GatekeeperRequest request) {
    return CompletableFuture.completedFuture(Response.of(404));
  }

  @Override
  public CompletionStage<Response> challenge(GatekeeperRequest request) {
    return serve(request);
  }

  @Override
  public List<Response.Header> signOut(GatekeeperRequest request) {
    return List.of();
  }

  @Override
  public Revocations revocations() {
    throw new UnsupportedOperationException("closed");
  }

  @Override
  public boolean ready() {
    return false;
  }

  @Override
  public void close() {}
}
