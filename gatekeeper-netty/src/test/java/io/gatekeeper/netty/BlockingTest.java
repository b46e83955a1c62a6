package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A block that is planted is found, in each kind of event loop. */
class BlockingTest {
  interface Block extends Runnable {}

  static Stream<Block> blocks() {
    return Stream.of(
        () -> {
          try {
            Thread.sleep(1);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        () -> {
          try {
            new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        () -> LockSupport.parkNanos(1),
        () -> {
          try (FileInputStream file = new FileInputStream("/proc/self/stat")) {
            assertTrue(file.read() > 0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void assertFound() {
    List<String> found = Blocking.take();
    assertTrue(
        found.stream().anyMatch(trace -> trace.contains("BlockingTest.lambda$blocks$")),
        found.toString());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void blockOfTheHandlersEventLoopIsFound(Block block) throws IOException {
    Doorman doorman = new Doorman();
    doorman.decide =
        request -> {
          block.run();
          return CompletableFuture.completedFuture(Doorman.decision(request));
        };
    try (NettyServer server = HandlerServer.echo(doorman)) {
      RawHttp.exchange(server.address(), HandlerServer.get("/", "alice"));
    }
    assertFound();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void blockOfTheAuthCheckServersEventLoopIsFound(Block block) throws IOException {
    StubGatekeeper gatekeeper = new StubGatekeeper();
    gatekeeper.decide =
        request -> {
          block.run();
          return allowed(request);
        };
    try (AuthCheckServer server = Servers.start(gatekeeper)) {
      RawHttp.exchange(server.checkAddress(), HandlerServer.get("/", null));
    }
    assertFound();
  }

  private static Decision allowed(GatekeeperRequest request) {
    return new Decision.Proceed(null, null, Map.of("X-Target", request.target()), "");
  }

  @Test
  void blockOfAnyOtherThreadIsNone() {
    blocks().forEach(Block::run);
    assertEquals(List.of(), Blocking.take());
  }
}
