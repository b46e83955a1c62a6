package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
  private static final String A = "the oldest secret of thirty-two bytes";
  private static final String B = "a newer secret of thirty-two bytes...";
  private static final String C = "the newest secret of thirty-two bytes";
  private static final Duration DELAY = Duration.ofMinutes(1);
  private static final Duration ALMOST = DELAY.minusMillis(1);

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void theOnlySecretSignsFromTheBeginning() {
    assertSigns(A, keys(A));
  }

  @Test
  void aNewSecretSignsOnceItHasBeenKnownForTheDelay() {
    SessionKeys keys = keys(A);
    after(Duration.ofHours(1));
    keys.replace(List.of(B, A));
    assertSigns(A, keys);
    after(ALMOST);
    assertSigns(A, keys);
    after(Duration.ofMillis(1));
    assertSigns(B, keys);
  }

  @Test
  void afterAStartTheSecondSignsUntilTheDelayIsOver() {
    SessionKeys keys = keys(C, B, A);
    assertSigns(B, keys);
    after(ALMOST);
    assertSigns(B, keys);
    after(Duration.ofMillis(1));
    assertSigns(C, keys);
  }

  @Test
  void twoNewSecretsInOneDelayLeaveTheSigningToTheOneThatAllKnow() {
    SessionKeys keys = keys(A);
    after(DELAY);
    keys.replace(List.of(B, A));
    after(Duration.ofSeconds(1));
    keys.replace(List.of(C, B, A));
    assertSigns(A, keys);
    after(ALMOST);
    assertSigns(B, keys);
    after(DELAY);
    assertSigns(C, keys);
  }

  @Test
  void readingTheSameListAgainDoesNotBeginTheDelayAnew() {
    SessionKeys keys = keys(B, A);
    after(ALMOST);
    keys.replace(List.of(B, A));
    after(Duration.ofMillis(1));
    assertSigns(B, keys);
  }

  @Test
  void aSecretThatWasGoneIsAsNewWhenItComesBack() {
    SessionKeys keys = keys(B, A);
    after(DELAY);
    keys.replace(List.of(A));
    keys.replace(List.of(B, A));
    assertSigns(A, keys);
  }

  @Test
  void anOnlySecretSignsAtOnceForThereIsNoOther() {
    SessionKeys keys = keys(A);
    keys.replace(List.of(B));
    assertSigns(B, keys);
  }

  @Test
  void whatIsSealedUnderAnyKeyOfTheRingOpensAndUnderOneThatIsGoneDoesNot() {
    SessionKeys keys = keys(A);
    Seal seal = new Seal(keys, "test");
    String old = seal.close(seal.key(), new byte[Seal.SALT_LENGTH], new byte[] {1});
    keys.replace(List.of(B, A));
    after(DELAY);
    String fresh = seal.close(seal.key(), new byte[Seal.SALT_LENGTH], new byte[] {1});
    assertNotEquals(old, fresh);
    assertTrue(seal.open(old).isPresent());
    assertTrue(seal.open(fresh).isPresent());
    keys.replace(List.of(B));
    assertFalse(seal.open(old).isPresent());
    assertTrue(seal.open(fresh).isPresent());
  }

  @Test
  void aRingIsNeverEmpty() {
    SessionKeys keys = keys(A);
    assertThrows(IllegalArgumentException.class, () -> keys.replace(List.of()));
    assertSigns(A, keys);
  }

  @Test
  void aRingShowsItsIdsAndNoSecret() {
    assertEquals(kid(B) + ", " + kid(A), keys(B, A).toString());
  }

  private SessionKeys keys(String... secrets) {
    return new SessionKeys(List.of(secrets), DELAY, clock);
  }

  private void after(Duration duration) {
    now = now.plus(duration);
  }

  private static void assertSigns(String secret, SessionKeys keys) {
    assertEquals(kid(secret), keys.signing().kid());
  }

  private static String kid(String secret) {
    return SessionKeys.of(List.of(secret)).signing().kid();
  }
}
