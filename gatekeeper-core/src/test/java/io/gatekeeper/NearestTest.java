package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({"issuer, issuer, 0", "isuer, issuer, 1", "issure, issuer, 1", "'', abc, 3"})
  void aSwapOfNeighboursIsOneSlip(String typed, String known, int slips) {
    assertEquals(slips, Nearest.distance(typed, known));
  }

  @Test
  void theNearestIsSuggestedAndNothingFar() {
    List<String> known = List.of("listen", "check-listen", "session.lifetime");
    assertEquals(Optional.of("listen"), Nearest.to("lisen", known));
    assertEquals(Optional.of("check-listen"), Nearest.to("check_listen", known));
    assertEquals(Optional.of("session.lifetime"), Nearest.to("lifetime", known));
    assertEquals(Optional.empty(), Nearest.to("skip-nonce", known));
  }
}
