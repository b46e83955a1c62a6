package io.gatekeeper.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.session.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One exchange a login: the same callback twice shares one call and, for a minute, its answer. An
 * unreachable provider's is not kept, so that trying again tries again.
 */
final class Exchanges {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private final Cache<String, CompletableFuture<SignedIn>> byLogin =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

  /**
   * What a code was exchanged for.
   *
   * @param session the session
   * @param token its token
   * @param idToken the provider's ID token
   */
  record SignedIn(Session session, String token, String idToken) {
    /** Never a token. */
    @Override
    public String toString() {
      return "SignedIn[" + session + "]";
    }
  }

  /** The exchange itself. */
  interface Exchange {
    SignedIn run() throws ProviderException;
  }

  /** Runs the exchange of a login, unless it has been run or is running. */
  SignedIn once(String login, Exchange exchange) throws ProviderException {
    CompletableFuture<SignedIn> mine = new CompletableFuture<>();
    CompletableFuture<SignedIn> earlier = byLogin.asMap().putIfAbsent(login, mine);
    if (earlier != null) {
      return await(earlier);
    }
    try {
      SignedIn signedIn = exchange.run();
      mine.complete(signedIn);
      return signedIn;
    } catch (ProviderException | RuntimeException e) {
      if (!(e instanceof ProviderException refusal) || refusal.rejection().status() >= 500) {
        byLogin.invalidate(login);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static SignedIn await(CompletableFuture<SignedIn> exchange) throws ProviderException {
    try {
      return exchange.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProviderException cause) {
        throw new ProviderException(cause.rejection(), cause.detail(), cause);
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new ProviderException(Rejection.PROVIDER_UNAVAILABLE, "waited for the exchange", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(Rejection.PROVIDER_UNAVAILABLE, "interrupted", e);
    }
  }
}
