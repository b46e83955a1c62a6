package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.FakeProvider;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderTest {
  @Test
  void attemptInTheBackgroundThatComesLateAsksNobodyAgain() throws Exception {
    BlockingQueue<Runnable> background = new LinkedBlockingQueue<>();
    try (FakeProvider there = FakeProvider.start();
        Provider provider =
            new Provider(
                there.issuer(),
                null,
                new ProviderHttp(Duration.ofSeconds(10), null),
                background::add)) {
      assertTrue(provider.known().isEmpty());
      Runnable attempt = background.poll(10, TimeUnit.SECONDS);
      assertNotNull(attempt);

      assertEquals(there.issuer(), provider.metadata().issuer());
      attempt.run();

      assertEquals(1, there.discoveryRequests());
    }
  }
}
