package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * nginx's auth_request: the gateway asks at {@code /check} and understands 2xx, 401 and 403 alone;
 * it turns any other status into a 500. So a check says no more than yes or no, and {@code
 * error_page} proxies what was refused to the own endpoints, where it gets its answer in person.
 */
final class NginxDialect implements Dialect {
  private static final String METHOD = "X-Original-Method";
  private static final String TARGET = "X-Original-URI";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final ForwardDialect forward = new ForwardDialect(METHOD, "Host", TARGET);

  @Override
  public @Nullable GatekeeperRequest original(NettyRequest check) {
    return forward.original(check);
  }

  @Override
  public Response answer(Decision decision) {
    Response response = forward.answer(decision);
    if (response.status() < 300) {
      return response;
    }
    boolean signsIn =
        decision instanceof Decision.Respond respond
            && respond.rejection().filter(reason -> reason.status() == UNAUTHORIZED).isPresent();
    return Response.of(signsIn ? UNAUTHORIZED : FORBIDDEN);
  }

  @Override
  public boolean isRefused(NettyRequest message) {
    return !message.headers(TARGET).isEmpty() || !message.headers(METHOD).isEmpty();
  }

  @Override
  public @Nullable GatekeeperRequest refused(NettyRequest message) {
    return forward.told(message);
  }

  @Override
  public Response malformed() {
    return Response.of(FORBIDDEN);
  }
}
