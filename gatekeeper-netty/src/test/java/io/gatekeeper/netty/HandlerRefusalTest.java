package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes no further, and what our own mistakes become. */
class HandlerRefusalTest extends HandlerBase {
  interface Deciding extends Function<GatekeeperRequest, CompletionStage<Decision>> {}

  static Stream<Deciding> mistakes() {
    Decision.Proceed unspeakable =
        new Decision.Proceed(null, null, Map.of("X-User", "a\r\nX-Evil: b"), "");
    Decision.Respond unwritable =
        new Decision.Respond(Response.of(200).with("X-A", "a\r\nX-Evil: b"), null);
    return Stream.of(
        request -> {
          throw new IllegalStateException("secret");
        },
        request -> {
          throw new StackOverflowError("secret");
        },
        request -> null,
        request -> CompletableFuture.completedFuture(null),
        request -> CompletableFuture.failedFuture(new IllegalStateException("secret")),
        request -> CompletableFuture.failedStage(new IllegalStateException("secret")),
        request -> CompletableFuture.completedFuture(unspeakable),
        request -> CompletableFuture.completedFuture(unwritable));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeOfOursLetsNothingBy(Deciding mistake) {
    doorman.decide = mistake;
    for (Object request : new Object[] {get("/", "alice"), full("POST", "/", "alice", "body")}) {
      receive(request);
      channel.runPendingTasks();
      assertEquals(500, sent());
      receive(LastHttpContent.EMPTY_LAST_CONTENT);
      assertNothingPassed();
      assertEquals("nobody", who());
    }
    doorman.decide = request -> CompletableFuture.completedFuture(Doorman.decision(request));
    receive(get("/", "alice"));
    assertPassed("/");
  }

  @Test
  void formThatWasReadNeverGoesOnWithoutItsBody() {
    doorman.own = request -> CompletableFuture.completedFuture(Doorman.decision(request));
    FullHttpRequest form = full("POST", "/own/x", "alice", "a=b");
    form.headers().set("Content-Type", "application/x-www-form-urlencoded");
    receive(form);
    assertEquals(500, sent());
    assertNothingPassed();
  }

  @Test
  void restOfARefusedRequestIsThrownAway() {
    receive(head("POST", "/", null), content("a"), content("b"), last("c"), get("/1", "alice"));
    assertEquals(401, sent());
    assertPassed("/1");
    assertTrue(channel.isActive());
  }

  @Test
  void restIsThrownAwayUpToTheBoundAndNoFurther() {
    String mebibyte = "x".repeat(1024 * 1024);
    receive(head("POST", "/", null), content(mebibyte), content(mebibyte));
    assertEquals(401, sent());
    assertTrue(channel.isActive());
    receive(content("x"));
    assertFalse(channel.isActive());
  }

  @Test
  void bodyThatSaysItIsTooLargeEndsTheConnectionWithTheAnswer() {
    HttpRequest request = head("POST", "/", null);
    request.headers().set("Content-Length", 2 * 1024 * 1024 + 1);
    receive(request);
    assertEquals(401, sent());
    assertFalse(channel.isActive());
  }

  @Test
  void bodyThatBreaksWhileItIsThrownAwayEndsTheConnection() {
    LastHttpContent broken = last("");
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no chunk")));
    receive(head("POST", "/", null), broken);
    assertEquals(401, sent());
    assertFalse(channel.isActive());
  }

  @Test
  void bodyThatBreaksOnItsWayToTheApplicationIsTheApplications() {
    LastHttpContent broken = last("");
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no chunk")));
    receive(head("POST", "/", "alice"), broken);
    assertPassed("/");
    assertTrue(passed(HttpContent.class).decoderResult().isFailure());
  }

  @Test
  void aggregatedRequestThatIsRefusedIsReleased() {
    receive(full("POST", "/", null, "body"), full("PUT", "/", null, "body"));
    assertEquals(401, sent());
    assertEquals(401, sent());
  }

  @Test
  void undecodedRequestIsRefusedWithoutAQuestion() {
    FullHttpRequest broken = full("GET", "/bad-request", "alice", "");
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no version")));
    receive(broken);
    assertEquals(400, sent());
    assertFalse(channel.isActive());
    assertTrue(doorman.handled.isEmpty());
  }
}
