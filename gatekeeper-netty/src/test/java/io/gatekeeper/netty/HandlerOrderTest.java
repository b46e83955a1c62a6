package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpExpectationFailedEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One request at a time. */
// Whether a write succeeds is not what is tested.
@SuppressWarnings("FutureReturnValueIgnored")
class HandlerOrderTest extends HandlerBase {
  private static final HttpResponseStatus EARLY_HINTS = HttpResponseStatus.valueOf(103);

  private void receiveTwo() {
    receive(
        get("/1", "alice"),
        LastHttpContent.EMPTY_LAST_CONTENT,
        head("POST", "/2", "bob"),
        content("body"),
        last(""));
    assertPassed("/1");
    passed(LastHttpContent.class);
    assertNothingPassed();
  }

  private void assertSecondPassed() {
    assertPassed("/2");
    assertEquals("bob", who());
    assertNotNull(passed(HttpContent.class));
    assertNotNull(passed(LastHttpContent.class));
    assertNothingPassed();
  }

  @Test
  void nextRequestWaitsForTheEndOfTheAnswer() {
    receiveTwo();
    write(answerHead(OK), content("part"));
    assertNothingPassed();
    assertEquals("alice", who());
    write(LastHttpContent.EMPTY_LAST_CONTENT);
    assertSecondPassed();
    assertEquals(1, doorman.handled.stream().filter(r -> r.target().equals("/2")).count());
  }

  @Test
  void nextRequestIsNotJudgedBeforeItsTurn() {
    receiveTwo();
    assertEquals(1, doorman.handled.size());
    write(answer(OK));
    assertEquals(2, doorman.handled.size());
  }

  @Test
  void answerIsNotAtItsEndBeforeItIsWritten() {
    receiveTwo();
    channel.write(answer(OK));
    channel.runPendingTasks();
    assertNothingPassed();
    channel.flush();
    channel.runPendingTasks();
    assertSecondPassed();
  }

  @Test
  void interimAnswersDoNotEndIt() {
    receiveTwo();
    write(answer(HttpResponseStatus.CONTINUE));
    write(answerHead(EARLY_HINTS), LastHttpContent.EMPTY_LAST_CONTENT);
    write(answer(HttpResponseStatus.PROCESSING));
    assertNothingPassed();
    assertEquals("alice", who());
    write(answer(OK));
    assertSecondPassed();
  }

  @Test
  void chunkedInputEndsIt() {
    receiveTwo();
    write(answerHead(OK));
    write(new HttpChunkedInput(new ChunkedStream(new ByteArrayInputStream(new byte[10]))));
    assertSecondPassed();
  }

  @Test
  void promiseThatNobodyWantsIsFineToo() {
    receiveTwo();
    channel.writeAndFlush(answer(OK), channel.voidPromise());
    channel.runPendingTasks();
    assertSecondPassed();
  }

  @Test
  void endWithoutABeginningIsNoAnswer() {
    receiveTwo();
    write(LastHttpContent.EMPTY_LAST_CONTENT);
    assertNothingPassed();
    write(answer(OK));
    assertSecondPassed();
  }

  @Test
  void answerBeforeTheBodyLetsTheBodyPassFirst() {
    receive(head("POST", "/1", "alice"));
    assertPassed("/1");
    write(answer(HttpResponseStatus.BAD_REQUEST));
    receive(content("a"), content("b"), last("c"), get("/2", "bob"));
    for (int i = 0; i < 3; i++) {
      assertNotNull(passed(HttpContent.class));
    }
    assertPassed("/2");
    assertEquals("bob", who());
  }

  @Test
  void requestWhoseBodyIsCalledOffHasEnded() {
    receive(head("POST", "/1", "alice"));
    assertPassed("/1");
    write(answer(HttpResponseStatus.EXPECTATION_FAILED));
    channel.pipeline().fireUserEventTriggered(HttpExpectationFailedEvent.INSTANCE);
    assertEquals("nobody", who());
    receive(get("/2", "bob"));
    assertPassed("/2");
  }

  @Test
  void requestInTheMiddleOfAnotherIsJudgedOnItsOwn() {
    receive(head("POST", "/1", "alice"));
    assertPassed("/1");
    receive(get("/2", null), LastHttpContent.EMPTY_LAST_CONTENT);
    assertNothingPassed();
    write(answer(OK));
    assertEquals(200, sent());
    assertEquals(401, sent());
    assertNothingPassed();
    assertEquals("nobody", who());
  }

  @Test
  void bodyWithoutARequestGoesNowhere() {
    receive(content("stray"), last(""));
    assertNothingPassed();
    receive(get("/1", "alice"));
    assertPassed("/1");
  }

  @Test
  void whatIsNoHttpPassesAtOnceWhileRequestsAreHeld() {
    receiveTwo();
    receive("a string");
    assertEquals("a string", channel.readInbound());
    assertNothingPassed();
  }

  @Test
  void heldRequestsAreReleasedWhenTheClientGoes() {
    receiveTwo();
    channel.close().syncUninterruptibly();
    channel.runPendingTasks();
    assertNothingPassed();
    assertEquals(1, doorman.handled.size());
  }

  @Test
  void heldRequestsAreReleasedWhenTheHandlerGoesAndNeverPassUnguarded() {
    receiveTwo();
    channel.pipeline().remove(GatekeeperHandler.class);
    channel.runPendingTasks();
    assertNothingPassed();
  }

  @Test
  void heldRequestsAreReleasedWhenTheConnectionEndsWithTheAnswer() {
    HttpRequest first = get("/1", null);
    first.headers().set("Connection", "close");
    receive(first, LastHttpContent.EMPTY_LAST_CONTENT, full("POST", "/2", "bob", "body"));
    assertEquals(401, sent());
    assertFalse(channel.isActive());
    assertNothingPassed();
    assertEquals(1, doorman.handled.size());
  }

  @Test
  void applicationThatFlushesWhenReadingIsCompleteAnswersThemAll() {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                context.write(answer(OK));
                ReferenceCountUtil.release(message);
              }

              @Override
              public void channelReadComplete(ChannelHandlerContext context) {
                context.flush();
              }
            });
    receive(
        full("POST", "/1", "alice", ""),
        full("POST", "/2", "bob", ""),
        full("POST", "/3", "carol", ""));
    channel.runPendingTasks();
    for (int i = 0; i < 3; i++) {
      assertEquals(200, sent());
    }
  }

  @Test
  void exceptionOfTheApplicationIsTheApplications() {
    List<Throwable> caught = new ArrayList<>();
    ChannelInboundHandlerAdapter application =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            throw new IllegalStateException("the application's own");
          }

          @Override
          public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            caught.add(failure);
          }
        };
    channel.pipeline().addLast("application", application);
    receive(full("POST", "/1", "alice", "body"));
    channel.pipeline().fireExceptionCaught(new IllegalArgumentException("the decoder's"));
    assertEquals(2, caught.size());
    assertTrue(channel.isActive());
    channel.pipeline().remove("application");
    write(answer(OK));
    receive(get("/2", "bob"));
    assertPassed("/2");
  }

  @Test
  void manyRequestsAtOnceAreAnsweredOneAfterTheOther() {
    EmbeddedChannel other = new EmbeddedChannel(new GatekeeperHandler(doorman), new EchoHandler());
    Object[] requests = new Object[2_000];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = full("POST", "/" + i, i % 3 == 0 ? null : "user" + i, "body");
    }
    other.writeInbound(requests);
    other.runPendingTasks();
    for (int i = 0; i < requests.length; i++) {
      io.netty.handler.codec.http.FullHttpResponse response = other.readOutbound();
      String text = response.content().toString(java.nio.charset.StandardCharsets.ISO_8859_1);
      if (i % 3 == 0) {
        assertEquals(401, response.status().code());
      } else {
        assertTrue(text.startsWith("POST /" + i + " "), text);
        assertTrue(text.contains("identity=user" + i + "\n"), text);
      }
      response.release();
    }
    other.finishAndReleaseAll();
  }

  /** An early answer and one more at the end of the body, which a slow client takes late. */
  @Test
  void secondAnswerToARequestDoesNotEndTheNext() {
    List<ChannelPromise> slow = new ArrayList<>();
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext context, Object message, ChannelPromise end) {
                ReferenceCountUtil.release(message);
                slow.add(end);
              }
            });
    receive(head("POST", "/1", "alice"));
    assertPassed("/1");
    channel.writeAndFlush(answer(OK));
    channel.writeAndFlush(answer(OK));
    slow.get(0).setSuccess();
    receive(last(""));
    passed(LastHttpContent.class);
    receive(full("POST", "/2", "bob", ""), full("POST", "/3", "carol", ""));
    channel.runPendingTasks();
    assertPassed("/2");

    slow.get(1).setSuccess();
    channel.runPendingTasks();

    assertEquals("bob", who());
    assertNothingPassed();
  }
}
