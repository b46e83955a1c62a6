package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerOwnEndpointsTest extends HandlerBase {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final CompletableFuture<Decision> late = new CompletableFuture<>();

  private static <T extends HttpRequest> T form(T request) {
    request.headers().set("Content-Type", FORM);
    return request;
  }

  private String text() {
    FullHttpResponse response = channel.readOutbound();
    try {
      return response.content().toString(StandardCharsets.ISO_8859_1);
    } finally {
      response.release();
    }
  }

  private void completeLate() {
    late.complete(new Decision.Respond(Response.of(200).withBody("text/plain", "late"), null));
    channel.runPendingTasks();
  }

  @Test
  void formIsWholeBeforeItIsHandled() {
    receive(form(head("POST", "/own/logout", null)), content("a=b"));
    assertTrue(doorman.handled.isEmpty());
    receive(content("&c="), last("%20"));
    assertEquals("/own/logout form=a=b&c=%20", text());
    assertNothingPassed();
  }

  @Test
  void aggregatedFormIsReadToo() {
    receive(form(full("POST", "/own/logout", null, "a=b")));
    assertEquals("/own/logout form=a=b", text());
  }

  @Test
  void emptyFormIsOne() {
    receive(form(head("POST", "/own/logout", null)), LastHttpContent.EMPTY_LAST_CONTENT);
    assertEquals("/own/logout form=", text());
  }

  @Test
  void formOfTheApplicationIsTheApplications() {
    receive(form(head("POST", "/form", "alice")));
    assertPassed("/form");
    receive(content("a=b"));
    assertNotNull(passed(HttpContent.class));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void formOfTheLimitIsReadAndOneByteMoreIsRefused(boolean aggregated) {
    String largest = "a".repeat(GatekeeperRequest.FORM_LIMIT);
    for (String body : new String[] {largest, largest + "a"}) {
      if (aggregated) {
        receive(form(full("POST", "/own/x", null, body)));
      } else {
        receive(form(head("POST", "/own/x", null)), content(body), last(""));
      }
      assertEquals(body.equals(largest) ? 200 : 413, sent());
    }
    assertEquals(1, doorman.handled.size());
    assertFalse(channel.isActive());
  }

  @Test
  void formThatSaysItIsTooLargeIsRefusedAtOnce() {
    HttpRequest request = form(head("POST", "/own/x", null));
    request.headers().set("Content-Length", GatekeeperRequest.FORM_LIMIT + 1);
    receive(request);
    assertEquals(413, sent());
    assertFalse(channel.isActive());
  }

  @Test
  void clientThatWaitsWithItsFormIsToldToGoOn() {
    HttpRequest request = form(head("POST", "/own/x", null));
    request.headers().set("Content-Length", 3).set("Expect", "100-continue");
    receive(request);
    assertEquals(100, sent());
    receive(last("a=b"));
    assertEquals("/own/x form=a=b", text());
  }

  @Test
  void brokenFormIsRefused() {
    LastHttpContent broken = last("");
    broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no chunk")));
    receive(form(head("POST", "/own/x", null)), content("a=b"), broken);
    assertEquals(400, sent());
    assertFalse(channel.isActive());
    assertTrue(doorman.handled.isEmpty());
  }

  @Test
  void requestInTheMiddleOfAFormEndsTheConnection() {
    receive(form(head("POST", "/own/x", null)), content("a=b"), get("/", "alice"));
    assertFalse(channel.isActive());
    assertNothingPassed();
    assertTrue(doorman.handled.isEmpty());
  }

  @Test
  void gatekeeperThatFailsToKnowItsOwnIsAskedAllTheSame() {
    doorman.owns =
        request -> {
          throw new StackOverflowError();
        };
    doorman.decide = request -> CompletableFuture.completedFuture(Doorman.decision(request));
    receive(form(full("POST", "/x", null, "a=b")));
    assertEquals(401, sent());
  }

  @Test
  void lateAnswerComesInItsTurn() {
    doorman.own = request -> late;
    receive(get("/own/callback", null), LastHttpContent.EMPTY_LAST_CONTENT);
    receive(full("POST", "/1", "alice", "body"));
    assertNothingPassed();
    assertNull(channel.readOutbound());
    completeLate();
    assertEquals("late", text());
    assertPassed("/1");
  }

  @Test
  void bodyThatComesWithALateAnswerIsThrownAway() {
    doorman.own = request -> late;
    receive(head("PUT", "/own/x", null), content("a"), content("b"));
    completeLate();
    assertEquals("late", text());
    receive(last("c"), get("/1", "alice"));
    assertPassed("/1");
  }

  @Test
  void lateDecisionToProceedIsFineToo() {
    CompletableFuture<Decision> decision = new CompletableFuture<>();
    doorman.decide = request -> decision;
    receive(full("POST", "/1", "alice", "body"));
    assertNothingPassed();
    decision.complete(Doorman.decision(doorman.handled.get(0)));
    channel.runPendingTasks();
    assertPassed("/1");
    assertEquals("alice", who());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientOrHandlerThatGoesBeforeALateAnswerLeavesNothing(boolean client) {
    doorman.own = request -> late;
    receive(full("PUT", "/own/x", null, "body"), full("PUT", "/1", "alice", "body"));
    if (client) {
      channel.close().syncUninterruptibly();
      channel.runPendingTasks();
    } else {
      channel.pipeline().remove(GatekeeperHandler.class);
    }
    everyBufferSoFarIsReleased();
    completeLate();
    assertNull(channel.readOutbound());
    assertNothingPassed();
  }

  @Test
  void clientThatGoesInTheMiddleOfAFormLeavesNothing() {
    receive(form(head("POST", "/own/x", null)), content("a=b"));
    channel.close().syncUninterruptibly();
    channel.runPendingTasks();
    everyBufferSoFarIsReleased();
    assertTrue(doorman.handled.isEmpty());
  }
}
