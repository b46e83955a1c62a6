package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatekeeper.identity.Rejection;
import io.gatekeeper.login.Exchanges.SignedIn;
import io.gatekeeper.provider.ProviderException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private static final SignedIn DONE = new SignedIn(null, "token-of-a-session", null);

  private final Exchanges exchanges = new Exchanges();
  private final AtomicInteger runs = new AtomicInteger();

  private SignedIn succeed() {
    runs.incrementAndGet();
    return DONE;
  }

  private Exchanges.Exchange fail(Rejection rejection) {
    return () -> {
      runs.incrementAndGet();
      throw new ProviderException(rejection, "for the operator");
    };
  }

  @Test
  void answerIsKeptForItsLoginAndForNoOther() throws Exception {
    assertSame(DONE, exchanges.once("login", this::succeed));
    assertSame(DONE, exchanges.once("login", fail(Rejection.INTERNAL)));
    assertEquals(1, runs.get());

    exchanges.once("another", this::succeed);
    assertEquals(2, runs.get());
  }

  @Test
  void refusedCodeIsKept() {
    for (int i = 0; i < 3; i++) {
      ProviderException refusal =
          assertThrows(
              ProviderException.class, () -> exchanges.once("login", fail(Rejection.CODE_REFUSED)));
      assertEquals(Rejection.CODE_REFUSED, refusal.rejection());
      assertEquals("for the operator", refusal.detail());
    }
    assertEquals(1, runs.get());
  }

  @Test
  void providerThatWasAwayIsAskedAgain() throws Exception {
    assertThrows(
        ProviderException.class,
        () -> exchanges.once("login", fail(Rejection.PROVIDER_UNAVAILABLE)));

    assertSame(DONE, exchanges.once("login", this::succeed));
    assertEquals(2, runs.get());
  }

  @Test
  void mistakeOfOursIsNotKept() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            exchanges.once(
                "login",
                () -> {
                  throw new IllegalStateException("a mistake");
                }));

    assertSame(DONE, exchanges.once("login", this::succeed));
  }

  @Test
  void whoComesWhileItRunsSharesItsAnswer() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<SignedIn> first =
        run(
            () -> {
              running.countDown();
              release.await();
              return succeed();
            });
    running.await();
    CompletableFuture<SignedIn> second = run(this::succeed);

    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
    release.countDown();

    assertSame(DONE, first.get(10, TimeUnit.SECONDS));
    assertSame(DONE, second.get(10, TimeUnit.SECONDS));
    assertEquals(1, runs.get());
  }

  private interface Action {
    SignedIn run() throws Exception;
  }

  private CompletableFuture<SignedIn> run(Action action) {
    CompletableFuture<SignedIn> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(
                    exchanges.once(
                        "login",
                        () -> {
                          try {
                            return action.run();
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                        }));
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  @Test
  void noTokenIsInItsText() {
    assertFalse(DONE.toString().contains("token-of"), DONE::toString);
    assertFalse(DONE.toString().contains("an-id-token"), DONE::toString);
  }
}
