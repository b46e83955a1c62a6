package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_795_000_000_123L);
  private final SessionKeys.Key key = key("a session secret of this test, 0123456789abcdef");
  private final Browser browser = new Browser("abcdef", "s".repeat(43));
  private final Rounds rounds = new Rounds(2, NOW);

  private static SessionKeys.Key key(String secret) {
    return new Seal(SessionKeys.of(List.of(secret)), "test").key();
  }

  @ParameterizedTest
  @CsvSource({"-5000, 0, true", "-1, 0, true", "0, 2, true", "59999, 2, true", "60000, 0, false"})
  void loginCountsForTheNextOneForAMinute(long millis, int before, boolean recent) {
    assertEquals(before, rounds.before(NOW.plusMillis(millis)));
    assertEquals(recent, rounds.isRecent(NOW.plusMillis(millis)));
  }

  @Test
  void textIsReadAsItWasWritten() {
    String text = rounds.text(key, browser);

    assertEquals(Optional.of(rounds), Rounds.read(text, key, browser));
    assertEquals(38, text.length(), "it goes with every request");
  }

  @Test
  void textChangedAnywhereCountsForNothing() {
    String text = rounds.text(key, browser);

    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == '1' ? '3' : '1';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertEquals(Optional.empty(), Rounds.read(changed, key, browser), changed);
    }
    assertEquals(Optional.empty(), Rounds.read("", key, browser));
    assertEquals(Optional.empty(), Rounds.read("9".repeat(10_000), key, browser));
  }

  @Test
  void textOfAnotherBrowserOrSecretCountsForNothing() {
    String text = rounds.text(key, browser);
    SessionKeys.Key another = key("another session secret of this test, 0123456789");

    assertEquals(Optional.empty(), Rounds.read(text, another, browser));
    assertEquals(Optional.empty(), Rounds.read(text, key, new Browser("abcdef", "t".repeat(43))));
  }
}
