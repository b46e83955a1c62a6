package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShortMemoryTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ShortMemory<String, String> memory =
      new ShortMemory<>(Duration.ofNanos(10), 3, nanos::get);

  @Test
  void firstThingOfAKeyStays() {
    assertNull(memory.putIfAbsent("a", "1"));
    assertEquals("1", memory.putIfAbsent("a", "2"));
    assertEquals("1", memory.get("a"));
  }

  @Test
  void thingIsForgottenInTimeAndAnotherTakesItsPlace() {
    memory.putIfAbsent("a", "1");
    nanos.addAndGet(9);
    assertEquals("1", memory.get("a"));

    nanos.addAndGet(1);

    assertNull(memory.get("a"));
    assertNull(memory.putIfAbsent("a", "2"));
    assertEquals("2", memory.get("a"));
  }

  @Test
  void ofTooManyTheOldestGoes() {
    for (String key : new String[] {"a", "b", "c", "d"}) {
      memory.putIfAbsent(key, key);
    }

    assertNull(memory.get("a"));
    assertEquals("b", memory.get("b"));
    assertEquals("d", memory.get("d"));
  }

  @Test
  void whatWasTakenBackIsGoneAndItsSuccessorStays() {
    memory.putIfAbsent("a", "1");
    memory.remove("a", "another");
    assertEquals("1", memory.get("a"));
    memory.remove("a", "1");
    assertNull(memory.get("a"));

    nanos.addAndGet(5);
    memory.putIfAbsent("a", "2");
    nanos.addAndGet(6);
    memory.putIfAbsent("b", "1");

    assertEquals("2", memory.get("a"));
  }
}
