package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The session secret is replaced while a request comes every millisecond, now at one replica, now
 * at the other, of which the second reads the new list late. Each has a file and a ring of its own.
 */
class RotationTest {
  private static final String OLD = "q8Jv2x7LkT4mZ0sWc9RbYp3NfHd6EgUa";
  private static final String NEW = "Xw5Cn1QeVt8BzKo7MiLr4GyPs2DhFj9u";
  private static final Duration DELAY = Duration.ofSeconds(60);
  private static final Duration HALF = DELAY.dividedBy(2);

  @Test
  void noRequestLosesItsSessionWhileHalfTheReplicasKnowTheNewSecret() throws Exception {
    try (Replicas replicas = new Replicas(2, DELAY, OLD)) {
      rotate(replicas);
      assertEquals(List.of(), replicas.lost());
      assertEquals(Set.of(OLD, NEW), replicas.signedBy(OLD, NEW));
    }
  }

  @Test
  void aReplicaThatStartsAgainMakesNothingThatALateOneDoesNotKnow() throws Exception {
    try (Replicas replicas = new Replicas(2, DELAY, OLD)) {
      replicas.signIn(OLD, NEW);
      replicas.write(0, NEW, OLD);
      replicas.restart(0);
      assertEquals(Set.of(OLD), replicas.signIn(OLD, NEW));
      replicas.advance(HALF);
      replicas.rewrite(1, NEW, OLD);
      replicas.advance(HALF);
      assertEquals(Set.of(OLD, NEW), replicas.signIn(OLD, NEW));
      replicas.advance(HALF);
      assertEquals(Set.of(NEW), replicas.signIn(OLD, NEW));
      assertEquals(List.of(), replicas.lost());
    }
  }

  @Test
  void theControlWithoutTheDelayRequestsLoseTheirSessions() throws Exception {
    try (Replicas replicas = new Replicas(2, Duration.ZERO, OLD)) {
      replicas.signIn(OLD, NEW);
      replicas.rewrite(0, NEW, OLD);
      replicas.signIn(OLD, NEW);
      assertFalse(replicas.lost().isEmpty());
    }
  }

  @Test
  void theControlAReplicaThatNeverReadsTheListLosesSessionsAfterTheDelay() throws Exception {
    try (Replicas replicas = new Replicas(2, DELAY, OLD)) {
      replicas.rewrite(0, NEW, OLD);
      replicas.advance(DELAY);
      replicas.signIn(OLD, NEW);
      assertFalse(replicas.lost().isEmpty());
    }
  }

  private static void rotate(Replicas replicas) throws Exception {
    assertEquals(Set.of(OLD), replicas.signIn(OLD, NEW));

    replicas.rewrite(0, NEW, OLD);
    assertEquals(Set.of(OLD), replicas.signIn(OLD, NEW));
    replicas.advance(HALF);
    assertEquals(Set.of(OLD), replicas.signIn(OLD, NEW));

    replicas.rewrite(1, NEW, OLD);
    replicas.advance(HALF.minusSeconds(5));
    assertEquals(Set.of(OLD), replicas.signIn(OLD, NEW));

    replicas.advance(Duration.ofSeconds(5));
    assertEquals(Set.of(OLD, NEW), replicas.signIn(OLD, NEW));

    replicas.advance(HALF);
    assertEquals(Set.of(NEW), replicas.signIn(OLD, NEW));
    assertTrue(replicas.requests() > 100, "the control: " + replicas.requests());
  }
}
