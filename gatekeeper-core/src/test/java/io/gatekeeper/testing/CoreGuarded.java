package io.gatekeeper.testing;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An application in one process with Gatekeeper, on the plainest server there is. */
final class CoreGuarded implements Guarded {
  private final LoopbackServer server = new LoopbackServer();
  private final TestClock clock = new TestClock();
  private final Gatekeeper gatekeeper;

  private CoreGuarded(Settings settings) {
    GatekeeperConfig.Builder config = GatekeeperConfig.builder();
    settings.apply(base()).forEach(config::set);
    gatekeeper = Gatekeeper.builder(config.build()).clock(clock).build();
  }

  /** Gatekeeper decides about every request, as an embedding adapter lets it. */
  static CoreGuarded embedded(Settings settings) {
    return embedded(settings, decision -> decision);
  }

  /** The same by an adapter that does not act on each decision as it came. */
  static CoreGuarded embedded(Settings settings, UnaryOperator<Decision> mistake) {
    CoreGuarded guarded = new CoreGuarded(settings);
    guarded.server.handle(
        request -> {
          Decision decision = guarded.gatekeeper.handle(request).toCompletableFuture().get();
          return act(request, mistake.apply(decision));
        });
    return guarded;
  }

  /** Gatekeeper answers checks, and own endpoints are routed to it, as a gateway does. */
  static CoreGuarded checked(Settings settings) {
    CoreGuarded guarded = new CoreGuarded(settings);
    guarded.server.handle(
        request -> {
          Decision decision = guarded.gatekeeper.check(request);
          boolean own =
              decision instanceof Decision.Proceed
                  && request.target().matches("/gatekeeper/[a-z.-]+(\\?.*)?");
          return own
              ? guarded.gatekeeper.serve(request).toCompletableFuture().get()
              : act(request, decision);
        });
    return guarded;
  }

  private static Response act(LoopbackServer.Request request, Decision decision) {
    return decision instanceof Decision.Proceed proceed
        ? application(request, proceed)
        : ((Decision.Respond) decision).response();
  }

  private static Response application(LoopbackServer.Request request, Decision.Proceed proceed) {
    StringBuilder text =
        new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\n");
    for (Map.Entry<String, String> line : request.lines()) {
      if (!line.getKey().equalsIgnoreCase("Cookie") && !proceed.replaces(line.getKey())) {
        text.append(line.getKey()).append(": ").append(line.getValue()).append('\n');
      }
    }
    proceed.identityHeaders().forEach((name, value) -> text.append(name + ": " + value + "\n"));
    text.append("Cookie: ").append(proceed.cookie()).append('\n');
    byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new Response(200, Response.of(200).headers(), body);
  }

  @Override
  public String base() {
    return "http://localhost:" + server.port();
  }

  @Override
  public boolean advance(Duration duration) {
    clock.advance(duration);
    return true;
  }

  @Override
  public void close() {
    server.close();
    gatekeeper.close();
  }
}
