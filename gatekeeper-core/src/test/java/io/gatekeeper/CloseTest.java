package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.FakeProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseTest {
  @TempDir Path directory;

  private static Gatekeeper gatekeeper(FakeProvider provider) {
    return Gatekeeper.of(
        GatekeeperConfig.builder()
            .set("issuer", provider.issuer())
            .set("client-id", "client")
            .set("client-secret", "secret")
            .set("external-url", "http://localhost:9999")
            .build());
  }

  @Test
  void noRequestIsLeftWithoutAnAnswer() throws Exception {
    try (FakeProvider provider = FakeProvider.start()) {
      provider.delay(Endpoint.DISCOVERY, Duration.ofSeconds(20));
      Gatekeeper gatekeeper = gatekeeper(provider);
      List<CompletableFuture<Response>> answers = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        TestRequest request = TestRequest.get("/gatekeeper/login").host("localhost:9999");
        answers.add(gatekeeper.serve(request.navigation()).toCompletableFuture());
      }
      assertTrue(answers.stream().anyMatch(answer -> !answer.isDone()), "the control: some wait");

      gatekeeper.close();

      for (CompletableFuture<Response> answer : answers) {
        assertEquals(503, answer.get(10, TimeUnit.SECONDS).status());
      }
    }
  }

  /** A thread holds the class loader of the application that it was started in. */
  @Test
  void noThreadStaysAfterTheEnd() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FakeProvider provider = FakeProvider.start()) {
      provider.delay(Endpoint.DISCOVERY, Duration.ofSeconds(20));
      Gatekeeper gatekeeper = gatekeeper(provider);
      TestRequest request = TestRequest.get("/gatekeeper/login").host("localhost:9999");
      CompletableFuture<Response> answer =
          gatekeeper.serve(request.navigation()).toCompletableFuture();
      await(() -> provider.discoveryRequests() > 0);
      assertTrue(ours(before).size() > 1, "the control: there are some");

      gatekeeper.close();

      assertEquals(503, answer.get(10, TimeUnit.SECONDS).status());
      awaitNone(before);
    }
  }

  @Test
  void theSecretsAreNotLookedAtAfterTheEnd() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Path file = ConfigurationSamples.file(directory, "session", ConfigurationSamples.SECRET);
    Gatekeeper gatekeeper =
        WatchfulGatekeepers.of(
            ConfigurationSamples.required().set("session-secret-files", file).build(),
            Clock.systemUTC());
    await(() -> ours(before).stream().anyMatch(name -> name.contains("background")));

    gatekeeper.close();

    awaitNone(before);
  }

  private static void awaitNone(Set<Thread> before) throws InterruptedException {
    await(
        () -> {
          // What ends the thread of Java 17's HttpClient.
          System.gc();
          return ours(before).isEmpty();
        });
  }

  private static List<String> ours(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.matches("(gatekeeper|HttpClient|CompletableFutureDelay).*"))
        .toList();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
  }
}
