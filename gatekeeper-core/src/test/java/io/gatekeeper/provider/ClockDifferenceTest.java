package io.gatekeeper.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDifferenceTest {
  @ParameterizedTest
  @CsvSource({
    "PT1S, 1 second behind",
    "PT119S, 119 seconds behind",
    "PT2M, 2 minutes behind",
    "PT7M29S, 7 minutes behind",
    "PT7M30S, 8 minutes behind",
    "PT1H59M, 119 minutes behind",
    "PT2H, 2 hours behind",
    "PT47H, 47 hours behind",
    "PT48H, 2 days behind",
    "PT-7M, 7 minutes ahead of",
    "P-3650D, 3650 days ahead of",
  })
  void differenceIsToldInTheLargestFittingUnit(Duration behind, String words) {
    Instant ours = Instant.ofEpochSecond(1_795_000_000);

    assertEquals(
        "This server's clock is about " + words + " the provider's.",
        ClockDifference.describe(ours.plus(behind), ours));
  }
}
