package io.gatekeeper.provider;

import io.gatekeeper.identity.Rejection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call to the provider that several wait for. */
public final class SharedCall {
  private SharedCall() {}

  /**
   * Waits for the call that another thread makes.
   *
   * @param call the call
   * @param atMost for how long
   * @param <T> what comes of it
   * @return what came of it
   * @throws ProviderException with which the call failed, or when it takes too long
   */
  public static <T> T await(CompletableFuture<T> call, Duration atMost) throws ProviderException {
    try {
      return call.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProviderException cause) {
        throw new ProviderException(cause.rejection(), cause.detail(), cause);
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new ProviderException(Rejection.PROVIDER_UNAVAILABLE, "no answer within " + atMost, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(Rejection.PROVIDER_UNAVAILABLE, "interrupted", e);
    }
  }
}
