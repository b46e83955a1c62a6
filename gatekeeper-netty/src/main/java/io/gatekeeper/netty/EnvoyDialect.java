package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's ext_authz over HTTP, which Ambassador, Emissary and Istio set up: the gateway repeats the
 * client's request line, its path behind a prefix, and its Host. A 200, and that alone, lets the
 * request by; each header of the 200 replaces the request's own, so there is none to spare. Any
 * other status goes to the client, but a 5xx becomes an empty 403 of the gateway's.
 */
final class EnvoyDialect implements Dialect {
  private static final int ALLOWED = 200;
  private static final int REDIRECTS = 300;
  private static final int SERVER_ERRORS = 500;

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
    if (decision instanceof Decision.Proceed proceed) {
      return allow(proceed);
    }
    Response response = ((Decision.Respond) decision).response();
    if (response.status() < REDIRECTS || response.status() >= SERVER_ERRORS) {
      Mishaps.report("A check was answered with status " + response.status(), null);
      return failed();
    }
    return response;
  }

  private static Response allow(Decision.Proceed proceed) {
    List<Response.Header> headers = new ArrayList<>();
    proceed
        .identityHeaders()
        .forEach((name, value) -> headers.add(new Response.Header(name, value)));
    headers.add(new Response.Header("Cookie", proceed.cookie()));
    return new Response(ALLOWED, headers, new byte[0]);
  }

  @Override
  public Response malformed() {
    return Response.of(400);
  }

  @Override
  public Response failed() {
    return Response.of(403).withBody("text/plain;charset=utf-8", Rejection.INTERNAL.message());
  }
}
