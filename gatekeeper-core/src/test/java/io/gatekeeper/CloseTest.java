package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CloseTest {
  @Test
  void noRequestIsLeftWithoutAnAnswer() throws Exception {
    try (FakeProvider provider = FakeProvider.start()) {
      provider.delay(Endpoint.DISCOVERY, Duration.ofSeconds(20));
      Gatekeeper gatekeeper =
          Gatekeeper.of(
              GatekeeperConfig.builder()
                  .set("issuer", provider.issuer())
                  .set("client-id", "client")
                  .set("client-secret", "secret")
                  .set("external-url", "http://localhost:9999")
                  .build());
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
}
