package io.gatekeeper.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final String OLD = "an old secret of thirty-two bytes or so";
  private static final String NEW = "a new secret of thirty-two bytes or so!";
  private final Random random = new Random(1);
  private final SessionKeys keys = SessionKeys.of(List.of(OLD));
  private final Seal seal = new Seal(keys, "test");

  @Test
  void whatWasClosedOpensAgain() {
    byte[] salt = salt();
    Seal.Opened opened = seal.open(close(seal, salt)).orElseThrow();
    assertArrayEquals("content".getBytes(UTF_8), opened.content());
    assertArrayEquals(salt, opened.salt());
  }

  @Test
  void aChangeAnywhereKeepsItShut() {
    String closed = close(seal, salt());
    for (int i = 0; i < closed.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        char changed = (char) (closed.charAt(i) ^ (1 << bit));
        String text = closed.substring(0, i) + changed + closed.substring(i + 1);
        assertFalse(seal.open(text).isPresent(), "bit " + bit + " of character " + i);
      }
      assertFalse(seal.open(closed.substring(0, i)).isPresent(), "cut at " + i);
    }
  }

  @Test
  void anotherPurposeDoesNotOpenIt() {
    assertTrue(new Seal(keys, "test").open(close(seal, salt())).isPresent());
    assertFalse(new Seal(keys, "other").open(close(seal, salt())).isPresent());
  }

  @Test
  void theOldKeyOpensForAsLongAsItIsInTheRing() {
    String closed = close(seal, salt());
    Seal rotated = new Seal(SessionKeys.of(List.of(NEW, OLD)), "test");
    assertEquals(rotated.open(closed).orElseThrow().key().kid(), keys.signing().kid());
    assertFalse(new Seal(SessionKeys.of(List.of(NEW)), "test").open(closed).isPresent());
  }

  @Test
  void anythingElseIsNotOpened() {
    for (String text : List.of("", "a", "====", "not base64url!", "A".repeat(10_000), "ü€")) {
      assertFalse(seal.open(text).isPresent(), text);
    }
  }

  @Test
  void oneContentNeverGivesOneTextTwice() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertTrue(texts.add(close(seal, salt())));
    }
  }

  private String close(Seal by, byte[] salt) {
    return by.close(by.key(), salt, "content".getBytes(UTF_8));
  }

  private byte[] salt() {
    byte[] salt = new byte[Seal.SALT_LENGTH];
    random.nextBytes(salt);
    return salt;
  }
}
