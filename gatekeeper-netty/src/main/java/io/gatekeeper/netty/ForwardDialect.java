package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forward auth, as Traefik, Caddy and the Lua action for HAProxy do it: the gateway asks at {@code
 * /check} with the client's headers, and says in headers of its own which method, host and target
 * the client asked for. A 2xx lets the request by, with the headers that the gateway copies from
 * it; anything else goes to the client as it is.
 */
final class ForwardDialect implements Dialect {
  private static final String CHECK = "/check";

  private final String method;
  private final String host;
  private final String target;

  /**
   * A dialect by the names of the gateway's headers, each of which the gateway overwrites.
   *
   * @param method the header that holds the original method
   * @param host the one that holds the original host
   * @param target the one that holds the original target, raw
   */
  ForwardDialect(String method, String host, String target) {
    this.method = method;
    this.host = host;
    this.target = target;
  }

  @Override
  public @Nullable GatekeeperRequest original(NettyRequest check) {
    String path = check.target();
    return path.equals(CHECK) || path.startsWith(CHECK + "?") ? told(check) : null;
  }

  /**
   * The request that the headers tell of; null where one of them is missing or not alone, or where
   * the target is none in origin-form (RFC 9112, section 3.2.1).
   */
  @Nullable GatekeeperRequest told(NettyRequest message) {
    String originalMethod = only(message.headers(method));
    String originalHost = only(message.headers(host));
    String originalTarget = only(message.headers(target));
    if (originalMethod == null || originalHost == null || originalTarget == null) {
      return null;
    }
    return originalTarget.startsWith("/")
        ? message.about(originalMethod, originalHost, originalTarget)
        : null;
  }

  private static @Nullable String only(List<String> values) {
    return values.size() == 1 && !values.get(0).isEmpty() ? values.get(0) : null;
  }

  @Override
  public Response answer(Decision decision) {
    return Answer.of(decision, this);
  }

  @Override
  public Response malformed() {
    return Response.of(400);
  }
}
