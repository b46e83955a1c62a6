package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When the connection is read, and that the application's own wishes stand. */
class HandlerReadingTest extends HandlerBase {
  private void receiveAndHold() {
    receive(get("/1", "alice"), LastHttpContent.EMPTY_LAST_CONTENT, get("/2", "bob"));
  }

  private int readsDuring(Runnable action) {
    int before = reads.count;
    action.run();
    return reads.count - before;
  }

  @Test
  void nothingIsReadWhileARequestIsHeldAndThenReadingGoesOn() {
    receiveAndHold();
    assertEquals(0, readsDuring(() -> channel.pipeline().fireChannelReadComplete()));
    assertEquals(0, readsDuring(channel::read));
    assertTrue(channel.config().isAutoRead(), "as the application left it");
    assertTrue(readsDuring(() -> write(answer(OK))) > 0);
  }

  @Test
  void applicationThatStopsReadingMeanwhileIsObeyed() {
    receiveAndHold();
    channel.config().setAutoRead(false);
    assertEquals(0, readsDuring(() -> write(answer(OK))));
    assertFalse(channel.config().isAutoRead());
    assertEquals(1, readsDuring(() -> channel.config().setAutoRead(true)));
  }

  @Test
  void applicationThatStartsReadingMeanwhileIsObeyed() {
    channel.config().setAutoRead(false);
    receiveAndHold();
    assertEquals(0, readsDuring(() -> channel.config().setAutoRead(true)));
    assertTrue(readsDuring(() -> write(answer(OK))) > 0);
  }

  @Test
  void readThatTheApplicationAsksForMeanwhileIsKept() {
    channel.config().setAutoRead(false);
    receiveAndHold();
    assertEquals(0, readsDuring(channel::read));
    assertEquals(0, readsDuring(channel::read));
    assertEquals(1, readsDuring(() -> write(answer(OK))));
  }

  @Test
  void applicationThatAsksForNothingGetsNothing() {
    channel.config().setAutoRead(false);
    receiveAndHold();
    assertEquals(0, readsDuring(() -> write(answer(OK))));
    assertEquals(1, readsDuring(channel::read));
  }

  @Test
  void applicationThatNeverSawARequestNeedNotAskForTheNext() {
    channel.config().setAutoRead(false);
    assertTrue(readsDuring(() -> receive(get("/1", null))) > 0);
    assertTrue(readsDuring(() -> receive(LastHttpContent.EMPTY_LAST_CONTENT)) > 0);
    assertEquals(
        0, readsDuring(() -> receive(get("/2", "bob"), LastHttpContent.EMPTY_LAST_CONTENT)));
  }

  @Test
  void connectionIsReadOnAfterALateAnswerThatTheApplicationNeverSaw() {
    CompletableFuture<Decision> late = new CompletableFuture<>();
    doorman.own = request -> late;
    channel.config().setAutoRead(false);
    receive(get("/own/x", null), LastHttpContent.EMPTY_LAST_CONTENT);
    assertEquals(0, readsDuring(channel::read));
    assertTrue(
        readsDuring(
                () -> {
                  late.complete(new Decision.Respond(Doorman.REFUSED, null));
                  channel.runPendingTasks();
                })
            > 0);
    assertEquals(401, sent());
  }

  @Test
  void handlerThatGoesLeavesNoReadBehind() {
    receiveAndHold();
    assertTrue(readsDuring(() -> channel.pipeline().remove(GatekeeperHandler.class)) > 0);
  }

  @Test
  void applicationHearsThatReadingIsCompleteAfterWhatWasHeld() {
    int[] completed = {0};
    channel
        .pipeline()
        .addLast(
            new io.netty.channel.ChannelInboundHandlerAdapter() {
              @Override
              public void channelReadComplete(io.netty.channel.ChannelHandlerContext context) {
                completed[0]++;
                context.fireChannelReadComplete();
              }
            });
    receiveAndHold();
    int before = completed[0];
    write(answer(OK));
    assertEquals(before + 1, completed[0]);
  }
}
