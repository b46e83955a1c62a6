package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;

/** Fails a test class during which something blocked an event loop of Netty's. For all classes. */
public final class Blocking implements AfterAllCallback {
  private static final List<String> seen = new CopyOnWriteArrayList<>();

  static {
    // Netty's own integration says which threads must not block: those of every event loop.
    BlockHound.builder()
        .loadIntegrations()
        // How an application logs is its own choice; the tests write to the console.
        .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
        // The JDK's randomness is read from /dev/urandom, which never waits.
        .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
        // Netty's own allocator takes a lock for a moment where threads share a magazine.
        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
        // Handing work to another thread takes the executor's own lock for a moment.
        .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
        .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor", "schedule")
        .blockingMethodCallback(method -> seen.add(method + trace()))
        .install();
  }

  /** Made by JUnit, as a service. */
  public Blocking() {}

  private static String trace() {
    return Arrays.stream(Thread.currentThread().getStackTrace())
        .map(frame -> "\n  at " + frame)
        .collect(Collectors.joining());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    assertEquals(List.of(), take(), "blocked event loops");
  }

  /** What was found so far, which is then forgotten. */
  static List<String> take() {
    List<String> found = List.copyOf(seen);
    seen.clear();
    return found;
  }
}
