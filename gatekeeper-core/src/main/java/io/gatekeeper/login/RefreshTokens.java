package io.gatekeeper.login;

import io.gatekeeper.http.Printable;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.RevocationEndpoint;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes, in the background and at best, the refresh tokens of sessions that were signed out: no
 * sign-out waits for it. Safe for use by many threads.
 */
public final class RefreshTokens {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshTokens.class);
  private static final int MOST_WAITING = 256;
  private static final int LONGEST_SHOWN = 400;

  private final Provider provider;
  private final RevocationEndpoint endpoint;
  private final Executor executor;
  private final Queue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * Refresh tokens of one provider.
   *
   * @param provider the provider
   * @param endpoint its revocation endpoint
   * @param executor runs what nobody waits for
   */
  public RefreshTokens(Provider provider, RevocationEndpoint endpoint, Executor executor) {
    this.provider = provider;
    this.endpoint = endpoint;
    this.executor = executor;
  }

  void revoke(String refreshToken) {
    if (provider.known().map(ProviderMetadata::revocation).isEmpty()) {
      return;
    }
    if (waiting.offer(refreshToken)) {
      start();
    } else {
      LOG.warn("a refresh token was not revoked at the provider: {} wait already", MOST_WAITING);
    }
  }

  /** One at a time: what else runs in the background must not wait for a provider that hangs. */
  private void start() {
    if (!waiting.isEmpty() && running.compareAndSet(false, true)) {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        LOG.warn("refresh tokens were not revoked at the provider: closing");
      }
    }
  }

  private void run() {
    try {
      revokeNext();
    } finally {
      running.set(false);
    }
    start();
  }

  private void revokeNext() {
    String next = waiting.poll();
    Optional<ProviderMetadata> metadata = provider.known();
    if (next == null || metadata.isEmpty()) {
      return;
    }
    try {
      endpoint.revoke(metadata.get(), next);
    } catch (ProviderException e) {
      LOG.warn(
          "a refresh token was not revoked at the provider: {}",
          Printable.line(e.detail(), LONGEST_SHOWN));
    } catch (RuntimeException e) {
      LOG.error("a mistake of Gatekeeper's own while revoking a refresh token", e);
    }
  }
}
