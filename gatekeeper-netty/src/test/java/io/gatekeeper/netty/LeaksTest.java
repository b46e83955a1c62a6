package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaksTest {
  @Test
  void lostBufferIsFound() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < 50 && found.isEmpty(); i++) {
      lose();
      found.addAll(Leaks.take());
    }
    assertTrue(found.get(0).startsWith("LEAK:"), found.get(0));
  }

  private static void lose() {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).writeLong(1);
  }
}
