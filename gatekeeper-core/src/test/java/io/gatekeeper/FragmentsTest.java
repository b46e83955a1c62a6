package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.testing.Endpoint;
import io.gatekeeper.testing.FakeProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a browser that may have a fragment goes before it goes to the provider. */
class FragmentsTest {
  private static final String TARGET = "/app/page?x=1";

  private final FakeProvider provider = FakeProvider.start();
  private Gatekeeper gatekeeper;

  @AfterEach
  void stop() {
    gatekeeper.close();
    provider.close();
  }

  /** Below a context path, under a prefix of its own. */
  private void start(String origin) {
    gatekeeper =
        Gatekeeper.of(
            GatekeeperConfig.builder()
                .set("issuer", provider.issuer())
                .set("client-id", "client")
                .set("external-url", origin + "/app")
                .set("prefix", "/auth")
                .set("additional-hosts", List.of("other.example.com"))
                .set("insecure-allow-http-issuer", true)
                .set("keep-fragment", true)
                .set("rules", List.of(Map.of("path", "/public/**", "access", "public")))
                .build());
  }

  private static Response answer(Decision decision) {
    return assertInstanceOf(Decision.Respond.class, decision).response();
  }

  private Response handled(GatekeeperRequest request) throws Exception {
    return answer(gatekeeper.handle(request).toCompletableFuture().get(10, TimeUnit.SECONDS));
  }

  private Response challenged(GatekeeperRequest request) throws Exception {
    return gatekeeper.challenge(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void assertSent(String url, Response answer) {
    assertEquals(302, answer.status());
    assertEquals(url, answer.header("Location").orElseThrow());
    assertFalse(answer.header("Set-Cookie").isPresent(), "no login has begun");
  }

  @Test
  void everyWayLeadsOverTheLoginUnderTheHostThatWasAsked() throws Exception {
    start("https://app.example.com");
    for (String host : List.of("app.example.com", "other.example.com")) {
      String login = "https://" + host + "/app/auth/login?return=%2Fapp%2Fpage%3Fx%3D1";
      TestRequest request = TestRequest.get(TARGET).navigation().host(host);

      assertSent(login, challenged(request));
      assertSent(login, handled(request));
      assertSent(login, answer(gatekeeper.check(request)));
    }
  }

  @Test
  void stopNamesItsScriptUnderContextPathAndPrefix() throws Exception {
    start("https://app.example.com");
    TestRequest request =
        TestRequest.get("/app/auth/login?return=/app%23x").navigation().host("app.example.com");

    Response stop = handled(request);

    String script = "https://app.example.com/app/auth/login.js";
    assertTrue(stop.text().contains("<script src=\"" + script + "\"></script>"), stop::text);
    assertTrue(stop.text().contains("data-return=\"/app#x\""), stop::text);
    assertTrue(
        stop.header("Content-Security-Policy").orElseThrow().endsWith("; script-src " + script));
    TestRequest asked = TestRequest.get("/app/auth/login.js").host("app.example.com");
    assertTrue(gatekeeper.owns(asked));
    assertEquals(200, handled(asked).status());
    assertEquals(405, handled(asked.method("PUT")).status());
    Decision.Proceed through =
        assertInstanceOf(Decision.Proceed.class, gatekeeper.check(asked), "a gateway's check");
    assertTrue(through.identity().isEmpty());
  }

  @Test
  void policyThatCanNotNameTheScriptIsNeverNeeded() throws Exception {
    start("http://[::1]:9999");
    TestRequest request = TestRequest.get(TARGET).navigation().host("[::1]:9999");

    Response answer = challenged(request);

    assertEquals(302, answer.status());
    assertTrue(
        answer.header("Location").orElseThrow().startsWith(provider.url(Endpoint.AUTHORIZATION)));
  }
}
