package io.gatekeeper.login;

import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.SharedCall;
import io.gatekeeper.session.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One exchange a login: the same callback twice shares one call and, for a minute, its answer. An
 * unreachable provider's is not kept, so that trying again tries again.
 */
final class Exchanges {
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private static final int MOST_WAITING = 16;

  private final AtomicInteger waiting = new AtomicInteger();
  private final ShortMemory<String, CompletableFuture<SignedIn>> byLogin =
      new ShortMemory<>(KEPT, MOST);

  /**
   * What a code was exchanged for.
   *
   * @param session the session
   * @param token its token
   * @param grant what the provider gave
   */
  record SignedIn(Session session, String token, Grant grant) {
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
    CompletableFuture<SignedIn> earlier = byLogin.putIfAbsent(login, mine);
    if (earlier != null) {
      return join(earlier);
    }
    boolean keep = false;
    try {
      SignedIn signedIn = exchange.run();
      keep = mine.complete(signedIn);
      return signedIn;
    } catch (ProviderException e) {
      keep = e.rejection() != Rejection.PROVIDER_UNAVAILABLE;
      mine.completeExceptionally(e);
      throw e;
    } finally {
      mine.completeExceptionally(new IllegalStateException("the exchange broke"));
      if (!keep) {
        byLogin.remove(login, mine);
      }
    }
  }

  /** Few wait at once: each holds a thread that other logins need. */
  private SignedIn join(CompletableFuture<SignedIn> exchange) throws ProviderException {
    try {
      if (waiting.incrementAndGet() > MOST_WAITING && !exchange.isDone()) {
        throw new ProviderException(Rejection.OVERLOADED, "too many wait for exchanges");
      }
      return SharedCall.await(exchange, LONGEST_WAIT);
    } finally {
      waiting.decrementAndGet();
    }
  }
}
