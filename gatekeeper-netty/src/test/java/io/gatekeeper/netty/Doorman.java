package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.Revocations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides as an embedded Gatekeeper does, by one header: {@code X-Session} says whose request it
 * is. Without it, {@code /public} is open and the rest is refused. Below {@code /own} are the own
 * endpoints. Of the cookies it leaves {@code kept=1}.
 */
final class Doorman implements Gatekeeper {
  static final Response REFUSED = Response.of(401).withBody("text/plain", "sign in");

  final List<GatekeeperRequest> handled = new CopyOnWriteArrayList<>();
  volatile Function<GatekeeperRequest, CompletionStage<Decision>> own =
      request -> done(new Decision.Respond(own(request), null));
  volatile Predicate<GatekeeperRequest> owns = request -> request.target().startsWith("/own/");
  volatile Function<GatekeeperRequest, CompletionStage<Decision>> decide =
      request -> done(decision(request));

  private static CompletionStage<Decision> done(Decision decision) {
    return CompletableFuture.completedFuture(decision);
  }

  private static Response own(GatekeeperRequest request) {
    return Response.of(200)
        .withBody("text/plain", request.target() + " form=" + request.form().orElse("none"));
  }

  static Decision decision(GatekeeperRequest request) {
    String user = request.header("X-Session");
    if (user == null && !request.target().startsWith("/public")) {
      return new Decision.Respond(REFUSED, null);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-User", user == null ? "" : user);
    headers.put("X-Groups", "");
    Identity who = user == null ? null : Identity.of(user);
    String cookie = request.headers("Cookie").toString().contains("kept=1") ? "kept=1" : "";
    return new Decision.Proceed(who, user == null ? null : "sid-" + user, headers, cookie);
  }

  @Override
  public CompletionStage<Decision> handle(GatekeeperRequest request) {
    handled.add(request);
    return request.target().startsWith("/own/") ? own.apply(request) : decide.apply(request);
  }

  @Override
  public boolean owns(GatekeeperRequest request) {
    return owns.test(request);
  }

  @Override
  public Decision check(GatekeeperRequest request) {
    throw new AssertionError("A handler handles");
  }

  @Override
  public CompletionStage<Response> serve(GatekeeperRequest request) {
    throw new AssertionError("A handler handles");
  }

  @Override
  public CompletionStage<Response> challenge(GatekeeperRequest request) {
    throw new AssertionError("A handler handles");
  }

  @Override
  public List<Response.Header> signOut(GatekeeperRequest request) {
    throw new AssertionError("A handler handles");
  }

  @Override
  public Revocations revocations() {
    throw new AssertionError("A server revokes nothing");
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {}
}
