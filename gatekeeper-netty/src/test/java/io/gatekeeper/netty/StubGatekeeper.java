package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.session.Revocations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Decides as a test says, and remembers what it was asked. */
final class StubGatekeeper implements Gatekeeper {
  final List<GatekeeperRequest> checked = new CopyOnWriteArrayList<>();
  final List<GatekeeperRequest> served = new CopyOnWriteArrayList<>();
  final List<GatekeeperRequest> challenged = new CopyOnWriteArrayList<>();
  volatile boolean ready = true;
  volatile Function<GatekeeperRequest, Decision> decide =
      request -> new Decision.Proceed(null, null, Map.of("X-User", ""), "");
  volatile Function<GatekeeperRequest, CompletionStage<Response>> answer =
      request ->
          CompletableFuture.completedFuture(
              Response.of(200).withBody("text/plain", request.target()));

  void respond(Response response) {
    decide = request -> new Decision.Respond(response, null);
  }

  GatekeeperRequest lastChecked() {
    return checked.get(checked.size() - 1);
  }

  @Override
  public CompletionStage<Decision> handle(GatekeeperRequest request) {
    throw new AssertionError("A server answers checks and serves");
  }

  @Override
  public boolean owns(GatekeeperRequest request) {
    throw new AssertionError("A server answers checks and serves");
  }

  @Override
  public Decision check(GatekeeperRequest request) {
    checked.add(request);
    return decide.apply(request);
  }

  @Override
  public CompletionStage<Response> serve(GatekeeperRequest request) {
    served.add(request);
    return answer.apply(request);
  }

  @Override
  public CompletionStage<Response> challenge(GatekeeperRequest request) {
    challenged.add(request);
    return answer.apply(request);
  }

  @Override
  public List<Response.Header> signOut(GatekeeperRequest request) {
    throw new AssertionError("A server answers checks and serves");
  }

  @Override
  public Revocations revocations() {
    throw new AssertionError("A server revokes nothing");
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public void close() {}
}
