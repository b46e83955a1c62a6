package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RevocationMemoryTest {
  private static final int MILLION = 1_000_000;
  private static final long MOST_BYTES = 100_000_000;

  @Test
  void millionRevocationsFitInto100Megabytes() {
    long before = used();
    RevocationTable table = new RevocationTable(InProcessRevocations.MOST);
    for (int i = 0; i < MILLION; i++) {
      table.add(0, kind(i), 1_000, 50_000, "https://provider.example.com", "session-" + i);
    }
    long bytes = used() - before;

    assertEquals(MILLION, table.size());
    assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    assertTrue(bytes > MILLION * 16L, "the control: it is measured at all: " + bytes + " bytes");
    // Asked once more, so that it was there while it was measured.
    assertTrue(
        table.covers(RevocationTable.Kind.SESSION, 0, "https://provider.example.com", "session-0"));
  }

  private static RevocationTable.Kind kind(int i) {
    return i % 2 == 0 ? RevocationTable.Kind.SESSION : RevocationTable.Kind.PROVIDER_SUBJECT;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
