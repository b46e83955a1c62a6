package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of gateway asks and wants to be answered. It is configured, never guessed: what one
 * gateway overwrites, another passes on as a client sent it.
 */
sealed interface Dialect permits EnvoyDialect, ForwardDialect, NginxDialect {
  /**
   * The dialect that the settings name.
   *
   * @param settings the server's settings
   * @return the dialect
   */
  static Dialect of(GatekeeperConfig.Server settings) {
    return switch (settings.gateway()) {
      case ENVOY -> new EnvoyDialect(settings.pathPrefix());
      case NGINX -> new NginxDialect();
      case TRAEFIK, CADDY ->
          new ForwardDialect("X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-Uri");
      case HAPROXY -> new ForwardDialect("X-Original-Method", "Host", "X-Original-URI");
    };
  }

  /**
   * The request that the gateway asks about.
   *
   * @param check the gateway's question
   * @return the request; null where something is missing, or said twice
   */
  @Nullable GatekeeperRequest original(NettyRequest check);

  /**
   * The answer that makes the gateway do what was decided.
   *
   * @param decision the decision
   * @return the answer
   */
  Response answer(Decision decision);

  /**
   * The answer to a question that isn't one.
   *
   * @return an answer that lets nothing by
   */
  Response malformed();

  /**
   * The answer where we failed.
   *
   * @return an answer that lets nothing by
   */
  default Response failed() {
    return Response.of(403).withBody("text/plain;charset=utf-8", Rejection.INTERNAL.message());
  }

  /**
   * Whether a message to the own endpoints is a request that a check refused, brought there by a
   * gateway that can't pass on the check's own answer.
   *
   * @param message what came to the own endpoints
   * @return true where {@link #refused} tells of the request
   */
  default boolean isRefused(NettyRequest message) {
    return false;
  }

  /**
   * The request that a check refused.
   *
   * @param message what came to the own endpoints
   * @return the request; null where something is missing, or said twice
   */
  default @Nullable GatekeeperRequest refused(NettyRequest message) {
    return null;
  }
}
