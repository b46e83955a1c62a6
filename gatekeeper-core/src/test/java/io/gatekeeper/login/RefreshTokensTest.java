package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.provider.ClientCredentials;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderHttp;
import io.gatekeeper.provider.RevocationEndpoint;
import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.FakeProvider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {
  private final FakeProvider fake = FakeProvider.start();
  private final ProviderHttp http = new ProviderHttp(Duration.ofSeconds(10), null);
  private final ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
  private final Provider provider = new Provider(fake.issuer(), null, http, other);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final RefreshTokens tokens = tokens(tasks::add);

  private RefreshTokens tokens(Executor executor) {
    ClientCredentials client = new ClientCredentials(fake.clientId(), fake.clientSecret(), null);
    return new RefreshTokens(provider, new RevocationEndpoint(client, http), executor);
  }

  @BeforeEach
  void find() throws Exception {
    provider.metadata();
  }

  @AfterEach
  void stop() {
    provider.close();
    other.shutdownNow();
    fake.close();
  }

  private List<String> revoked() {
    return fake.requests(Endpoint.REVOCATION).stream()
        .map(request -> request.parameter("token"))
        .toList();
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "token-" + i).toList();
  }

  /** Otherwise sign-outs keep whatever else runs in the background from running. */
  @Test
  void oneIsRevokedAtATimeHoweverManyWait() {
    names(5).forEach(tokens::revoke);
    for (int done = 0; done < 5; done++) {
      assertEquals(names(done), revoked());
      assertEquals(1, tasks.size(), "tasks at once");
      tasks.remove().run();
    }

    assertEquals(names(5), revoked());
    assertEquals(0, tasks.size());
    tokens.revoke("another");
    tasks.remove().run();
    assertEquals("another", revoked().get(5));
  }

  @Test
  void oneThatFailsDoesNotKeepTheNextWaiting() {
    fake.answer(Endpoint.REVOCATION, 503, "text/plain", "busy");
    names(2).forEach(tokens::revoke);
    tasks.remove().run();
    fake.behave();
    tasks.remove().run();

    assertEquals(names(2), revoked());
  }

  @Test
  void moreThanAreHeldAreLetGoOf() {
    names(300).forEach(tokens::revoke);
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }

    assertEquals(names(256), revoked());
  }

  @Test
  void signOutAtTheEndIsNoMistake() {
    RefreshTokens closing =
        tokens(
            task -> {
              throw new RejectedExecutionException();
            });

    names(300).forEach(closing::revoke);

    assertEquals(List.of(), revoked());
  }
}
