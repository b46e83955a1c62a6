package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTermsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));

  private final SessionTerms plain = new SessionTerms(Duration.ofHours(12));
  private final SessionTerms idle =
      new SessionTerms(Duration.ofHours(12), Optional.of(Duration.ofMinutes(30)));

  @Test
  void tokenIsDueWhenTheProviderIsToBeAskedAgain() {
    Instant recheck = NOW.plusSeconds(900);

    assertEquals(Optional.of(recheck), plain.due(NOW, END, recheck));
    assertEquals(Optional.of(NOW.plusSeconds(180)), idle.due(NOW, END, recheck));
    assertEquals(Optional.of(NOW.plusSeconds(60)), idle.due(NOW, END, NOW.plusSeconds(60)));
    assertEquals(Optional.empty(), plain.due(NOW, END, null));
  }

  /** Whoever is sent to renew comes back with a token that isn't due, or would be sent again. */
  @Test
  void tokenIsNeverDueAtOnce() {
    assertEquals(Optional.of(NOW.plusSeconds(1)), plain.due(NOW, END, NOW));
    assertEquals(Optional.of(NOW.plusSeconds(1)), plain.due(NOW, END, NOW.minusSeconds(3600)));
  }

  @Test
  void tokenIsNotDueAtOrAfterItsEnd() {
    assertEquals(Optional.empty(), plain.due(NOW, END, END));
    assertEquals(Optional.empty(), plain.due(NOW, NOW.plusSeconds(1), NOW));
    assertEquals(Optional.empty(), idle.due(NOW, NOW.plusSeconds(1800), null));
    assertEquals(NOW.plusSeconds(1800), idle.expires(NOW, END));
    assertEquals(END, plain.expires(NOW, END));
  }
}
