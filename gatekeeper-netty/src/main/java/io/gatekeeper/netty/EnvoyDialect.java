package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's ext_authz over HTTP, which Ambassador, Emissary and Istio set up: the gateway repeats the
 * client's request line, its path behind a prefix, and its Host. A 200, and that alone, lets the
 * request by; each header of the 200 replaces the request's own, so there is none to spare. Any
 * other status goes to the client, but a 5xx becomes an empty 403 of the gateway's.
 */
final class EnvoyDialect implements Dialect {
  private final String prefix;

  /**
   * A dialect for a gateway's {@code path_prefix}.
   *
   * @param pathPrefix the prefix, with or without a slash at its end; empty for none
   */
  EnvoyDialect(String pathPrefix) {
    this.prefix =
        pathPrefix.endsWith("/") ? pathPrefix.substring(0, pathPrefix.length() - 1) : pathPrefix;
  }

  @Override
  public @Nullable GatekeeperRequest original(NettyRequest check) {
    List<String> hosts = check.headers("Host");
    boolean hasHost = hosts.size() == 1 && !hosts.get(0).isEmpty();
    boolean isBehindPrefix = check.target().startsWith(prefix + "/");
    boolean isTunnel = check.method().equals("CONNECT");
    return hasHost && isBehindPrefix && !isTunnel
        ? check.at(check.target().substring(prefix.length()))
        : null;
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
