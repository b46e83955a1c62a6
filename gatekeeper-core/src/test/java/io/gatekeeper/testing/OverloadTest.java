package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperListener;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More than there is room for: logins at once, and claims for a session. */
class OverloadTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";
  private static final int LOGINS = 800;

  private final FakeProvider provider = FakeProvider.start();
  private final List<String> details = new CopyOnWriteArrayList<>();
  private final Gatekeeper gatekeeper =
      Gatekeeper.builder(
              GatekeeperConfig.builder()
                  .set("issuer", provider.issuer())
                  .set("client-id", provider.clientId())
                  .set("client-secret", provider.clientSecret())
                  .set("external-url", URL)
                  .set("session-secrets", List.of(SECRET))
                  .build())
          .listener(
              new GatekeeperListener() {
                @Override
                public void rejected(Rejection why, GatekeeperRequest request, String detail) {
                  details.add(why.code() + ": " + detail);
                }
              })
          .build();

  @AfterEach
  void stop() {
    gatekeeper.close();
    provider.close();
  }

  @Test
  void moreLoginsThanAreHeldAreRefusedAtOnceAndNothingElseWaits() throws Exception {
    begin();
    List<TestRequest> callbacks = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      Response begun = begin();
      String location = begun.header("Location").orElseThrow();
      String state =
          ProviderRequest.parse(location.substring(location.indexOf('?') + 1)).get("state").get(0);
      callbacks.add(callback("code=no-code-at-all&iss=" + provider.issuer(), state, begun));
    }
    provider.delayTokenResponse(Duration.ofMillis(300));

    List<CompletableFuture<Response>> answers =
        callbacks.stream().map(each -> gatekeeper.serve(each).toCompletableFuture()).toList();

    long waiting = answers.stream().filter(answer -> !answer.isDone()).count();
    assertTrue(waiting > 64 && waiting < LOGINS, "logins that wait: " + waiting);
    assertAffirmedAtOnce();
    assertTrue(answers.stream().anyMatch(answer -> !answer.isDone()), "the control: still slow");

    CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
    List<Response> refused =
        answers.stream().map(CompletableFuture::join).filter(a -> a.status() == 503).toList();
    assertFalse(refused.isEmpty());
    assertTrue(refused.size() < LOGINS / 2, "refused: " + refused.size());
    for (Response response : refused) {
      assertTrue(Integer.parseInt(response.header("Retry-After").orElseThrow()) > 0);
      assertTrue(response.text().contains("overloaded"), response::text);
    }
    answers.stream()
        .map(CompletableFuture::join)
        .filter(answer -> answer.status() != 503)
        .forEach(answer -> assertEquals(302, answer.status(), answer::text));
  }

  private void assertAffirmedAtOnce() {
    String token =
        new JwtSessionTokens(
                SessionKeys.of(List.of(SECRET)),
                URL,
                provider.clientId(),
                new SessionTerms(Duration.ofHours(12)),
                Clock.systemUTC())
            .issue(new NewSession("sid", Identity.of("anna"), "login", null, null));
    TestRequest request =
        TestRequest.get("/page").host("localhost:9999").cookie("gatekeeper", token);
    for (int i = 0; i < 100; i++) {
      assertInstanceOf(Decision.Proceed.class, gatekeeper.check(request));
      CompletableFuture<Decision> decision = gatekeeper.handle(request).toCompletableFuture();
      assertTrue(decision.isDone());
      assertInstanceOf(Decision.Proceed.class, decision.join());
    }
  }

  @Test
  void operatorIsToldWhichClaimsAreTooManyButNotWhatTheySay() throws Exception {
    List<String> groups =
        IntStream.range(0, 200)
            .mapToObj(i -> "a-group-with-quite-a-long-name-indeed-" + i)
            .toList();
    provider.signInAs("alice", Map.of("groups", groups, "name", "Alice Example"));
    Response begun = begin();
    String answered = new TestBrowser().open(begun.header("Location").orElseThrow()).location();

    Response page =
        gatekeeper
            .serve(
                withLoginCookie(
                    TestRequest.get(answered.substring(URL.length())).navigation(), begun))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    assertEquals(403, page.status());
    String detail =
        details.stream().filter(d -> d.startsWith("session-too-large: ")).findFirst().orElse("");
    assertTrue(detail.contains("groups (200 of them)"), details::toString);
    assertFalse(detail.contains("a-group"), detail);
    assertFalse(detail.contains("Alice"), detail);
  }

  private Response begin() throws Exception {
    Response begun =
        gatekeeper
            .handle(
                TestRequest.get("/gatekeeper/login?return=/page")
                    .host("localhost:9999")
                    .navigation())
            .thenApply(decision -> ((Decision.Respond) decision).response())
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertEquals(302, begun.status());
    return begun;
  }

  private static TestRequest callback(String answer, String state, Response begun) {
    return withLoginCookie(
        TestRequest.get("/gatekeeper/callback?" + answer + "&state=" + state).navigation(), begun);
  }

  private static TestRequest withLoginCookie(TestRequest request, Response begun) {
    String set = begun.header("Set-Cookie").orElse(null);
    assertNotNull(set);
    String[] pair = set.split(";", 2)[0].split("=", 2);
    return request.host("localhost:9999").cookie(pair[0], pair[1]);
  }
}
