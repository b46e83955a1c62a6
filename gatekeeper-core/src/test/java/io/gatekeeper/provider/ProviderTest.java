package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.FakeProvider;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderTest {
  @Test
  void attemptInTheBackgroundThatComesLateAsksNobodyAgain() throws Exception {
    ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
    CountDownLatch free = new CountDownLatch(1);
    background.execute(() -> awaitUninterruptibly(free));
    try (FakeProvider there = FakeProvider.start();
        Provider provider =
            new Provider(
                there.issuer(), null, new ProviderHttp(Duration.ofSeconds(10), null), background)) {
      assertTrue(provider.known().isEmpty());

      assertEquals(there.issuer(), provider.metadata().issuer());
      free.countDown();
      background.shutdown();

      assertTrue(background.awaitTermination(10, TimeUnit.SECONDS));
      assertEquals(1, there.discoveryRequests());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
