package io.gatekeeper.netty;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.Response;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an orchestrator asks: {@code /live}, whether we run; {@code /ready}, whether to log in. */
final class HealthEndpoint implements Endpoint {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Gatekeeper gatekeeper;

  HealthEndpoint(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  @Override
  public CompletionStage<Response> answer(NettyRequest request) {
    return CompletableFuture.completedFuture(
        METHODS.contains(request.method())
            ? report(path(request))
            : text(405, "Ask with GET").with("Allow", "GET, HEAD"));
  }

  private static String path(NettyRequest request) {
    int query = request.target().indexOf('?');
    return query < 0 ? request.target() : request.target().substring(0, query);
  }

  private Response report(String path) {
    return switch (path) {
      case "/live" -> text(200, "live");
      case "/ready" ->
          gatekeeper.ready()
              ? text(200, "ready")
              : text(503, "not ready: the provider's metadata is not known yet");
      default -> text(404, "/live or /ready");
    };
  }

  @Override
  public Response failed() {
    return text(503, "failed");
  }

  private static Response text(int status, String text) {
    return Response.of(status).withBody("text/plain;charset=utf-8", text + "\n");
  }
}
