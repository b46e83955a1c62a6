package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Sessions with a refresh token, of a user {@code alice} in the group {@code staff}. */
abstract class RefreshBase extends ContractBase {
  static final String REFRESH = "gatekeeper-refresh";

  Guarded guarded;

  final void signedIn() throws Exception {
    signedIn(Map.of());
  }

  final void signedIn(Map<String, Object> more) throws Exception {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("scopes", "openid profile email groups offline_access");
    guarded = guard(settings);
    groups("staff");
    signIn(browser, guarded);
  }

  final void groups(String... groups) {
    provider.signInAs("alice", Map.of("email", "alice@example.com", "groups", List.of(groups)));
  }

  final void minutes(int minutes) {
    later(guarded, Duration.ofMinutes(minutes));
  }

  /** Does something while the provider is asked, and returns what the renewal answered then. */
  final Page during(Runnable event) throws Exception {
    provider.delayTokenResponse(Duration.ofSeconds(3));
    Page due = browser.open(guarded.base() + "/page");
    ExecutorService tab = Executors.newSingleThreadExecutor();
    try {
      Future<Page> renewal = tab.submit(due::follow);
      await(() -> provider.refreshes().size() == 1);
      event.run();
      assertFalse(renewal.isDone(), "the control: still under way");
      return renewal.get();
    } finally {
      tab.shutdownNow();
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "in time");
      Thread.onSpinWait();
    }
  }
}
