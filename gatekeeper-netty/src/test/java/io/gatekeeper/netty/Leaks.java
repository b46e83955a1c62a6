package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class after which Netty's leak detector has something to say. For all classes. */
public final class Leaks implements AfterAllCallback {
  private static final List<String> seen = new CopyOnWriteArrayList<>();

  static {
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            seen.add(event.getFormattedMessage());
          }
        };
    appender.start();
    ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(appender);
  }

  /** Made by JUnit, as a service. */
  public Leaks() {}

  @Override
  public void afterAll(ExtensionContext context) {
    assertEquals(List.of(), take(), "leaked buffers");
  }

  /** The leaks found so far, which are then forgotten. */
  static List<String> take() {
    for (int round = 0; round < 3; round++) {
      System.gc();
      System.runFinalization();
      // Netty reports what it lost when it next hands out a buffer.
      PooledByteBufAllocator.DEFAULT.buffer(1).release();
    }
    List<String> found = List.copyOf(seen);
    seen.clear();
    return found;
  }
}
