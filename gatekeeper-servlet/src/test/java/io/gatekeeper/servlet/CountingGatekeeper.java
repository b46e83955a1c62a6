package io.gatekeeper.servlet;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.session.Revocations;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is asked of another one. */
record CountingGatekeeper(Gatekeeper gatekeeper, AtomicInteger handled) implements Gatekeeper {
  @Override
  public CompletionStage<Decision> handle(GatekeeperRequest request) {
    handled.incrementAndGet();
    return gatekeeper.handle(request);
  }

  @Override
  public boolean owns(GatekeeperRequest request) {
    return gatekeeper.owns(request);
  }

  @Override
  public Decision check(GatekeeperRequest request) {
    return gatekeeper.check(request);
  }

  @Override
  public CompletionStage<Response> serve(GatekeeperRequest request) {
    return gatekeeper.serve(request);
  }

  @Override
  public CompletionStage<Response> challenge(GatekeeperRequest request) {
    return gatekeeper.challenge(request);
  }

  @Override
  public List<Response.Header> signOut(GatekeeperRequest request) {
    return gatekeeper.signOut(request);
  }

  @Override
  public Revocations revocations() {
    return gatekeeper.revocations();
  }

  @Override
  public boolean ready() {
    return gatekeeper.ready();
  }

  @Override
  public void close() {
    gatekeeper.close();
  }
}
