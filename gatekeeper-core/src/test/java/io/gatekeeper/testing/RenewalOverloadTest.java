package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Renewals that find no thread: too many logins wait, or the gatekeeper is closed. */
class RenewalOverloadTest {
  private static final String URL = "http://localhost:9999";
  private static final int THREADS = 64;
  private static final int QUEUE = 512;

  private final FakeProvider provider = FakeProvider.start();
  private final TestClock clock = new TestClock();
  private final Gatekeeper gatekeeper =
      Gatekeeper.builder(
              GatekeeperConfig.builder()
                  .set("issuer", provider.issuer())
                  .set("client-id", provider.clientId())
                  .set("client-secret", provider.clientSecret())
                  .set("external-url", URL)
                  .set("scopes", "openid offline_access")
                  .set("session-secrets", List.of("a session secret of this test, 0123456789ab"))
                  .build())
          .clock(clock)
          .build();
  private final Map<String, String> cookies = new HashMap<>();

  @BeforeEach
  void signIn() throws Exception {
    String answered = new TestBrowser().open(begin()).location();
    Response signedIn = serve(answered.substring(URL.length())).get(20, TimeUnit.SECONDS);
    keep(signedIn);
    assertEquals(303, signedIn.status(), signedIn::text);
    clock.advance(Duration.ofMinutes(15));
    provider.advance(Duration.ofMinutes(15));
  }

  @AfterEach
  void stop() {
    gatekeeper.close();
    provider.close();
  }

  private String begin() throws Exception {
    Response begun = serve("/gatekeeper/login?return=/page").get(20, TimeUnit.SECONDS);
    keep(begun);
    return begun.header("Location").orElseThrow();
  }

  private CompletableFuture<Response> serve(String target) {
    TestRequest request = TestRequest.get(target).navigation().host("localhost:9999");
    for (Map.Entry<String, String> cookie : cookies.entrySet()) {
      request = request.cookie(cookie.getKey(), cookie.getValue());
    }
    return gatekeeper.serve(request).toCompletableFuture();
  }

  private void keep(Response response) {
    response.headers().stream()
        .filter(header -> header.name().equals("Set-Cookie"))
        .map(header -> header.value().split(";", 2)[0].split("=", 2))
        .filter(pair -> !pair[1].isEmpty())
        .forEach(pair -> cookies.put(pair[0], pair[1]));
  }

  /** Logins that the provider keeps waiting. */
  private List<CompletableFuture<Response>> logins(int count) throws Exception {
    List<String> callbacks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String state =
          ProviderRequest.parse(begin().replaceFirst("^[^?]*\\?", "")).get("state").get(0);
      callbacks.add("/gatekeeper/callback?code=none&iss=" + provider.issuer() + "&state=" + state);
    }
    provider.delayTokenResponse(Duration.ofSeconds(8));
    return callbacks.stream().map(this::serve).toList();
  }

  @Test
  void renewalThatFindsNoRoomLetsTheSessionGoOn() throws Exception {
    List<CompletableFuture<Response>> logins = logins(THREADS + QUEUE + 1);
    assertTrue(logins.get(THREADS + QUEUE).isDone(), "the control: no room");

    CompletableFuture<Response> renewal = serve("/gatekeeper/renew?return=/page");

    assertTrue(renewal.isDone(), "at once");
    assertEquals(303, renewal.join().status());
    assertTrue(renewal.join().header("Set-Cookie").orElseThrow().startsWith("gatekeeper=ey"));
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void renewalThatWaitsForAThreadAtTheEndIsAnswered() throws Exception {
    logins(THREADS);
    CompletableFuture<Response> renewal = serve("/gatekeeper/renew?return=/page");
    assertFalse(renewal.isDone(), "the control: it waits");

    gatekeeper.close();

    Response answer = renewal.get(10, TimeUnit.SECONDS);
    assertEquals(303, answer.status());
    assertTrue(answer.header("Set-Cookie").orElseThrow().startsWith("gatekeeper=ey"));
    assertEquals(List.of(), provider.refreshes());
  }

  @Test
  void renewalUnderWayAtTheEndIsAnsweredAndSoIsOneAfterIt() throws Exception {
    provider.delayTokenResponse(Duration.ofSeconds(20));
    CompletableFuture<Response> renewal = serve("/gatekeeper/renew?return=/page");
    while (provider.refreshes().isEmpty()) {
      Thread.onSpinWait();
    }

    gatekeeper.close();

    assertEquals(303, renewal.get(10, TimeUnit.SECONDS).status());
    assertEquals(303, serve("/gatekeeper/renew?return=/page").get(10, TimeUnit.SECONDS).status());
  }
}
