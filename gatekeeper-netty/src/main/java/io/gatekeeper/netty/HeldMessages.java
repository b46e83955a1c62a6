package io.gatekeeper.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and has to wait for its turn. While anything does, the channel isn't read. For
 * one handler, on its loop.
 */
final class HeldMessages {
  private final Queue<Object> messages = new ArrayDeque<>(1);
  private final ReadGate gate = new ReadGate();
  private boolean passedOn;

  boolean isEmpty() {
    return messages.isEmpty();
  }

  void hold(ChannelHandlerContext context, Object message) {
    messages.add(message);
    gate.close(context);
  }

  /** The one whose turn it is next; null for none. */
  @Nullable Object first() {
    return messages.peek();
  }

  void removeFirst() {
    messages.remove();
  }

  void release() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }

  /** Notes that the application has seen something of what the last read brought. */
  void onPassedOn() {
    passedOn = true;
  }

  void read(ChannelHandlerContext context) {
    gate.read(context);
  }

  void readComplete(ChannelHandlerContext context) {
    boolean nothingPassed = !passedOn;
    passedOn = false;
    context.fireChannelReadComplete();
    if (nothingPassed) {
      gate.readUnasked(context);
    }
  }

  /** Reads on, once nothing is held any more. */
  void readOn(ChannelHandlerContext context) {
    if (messages.isEmpty()) {
      gate.open(context);
    }
    if (passedOn) {
      readComplete(context);
    } else {
      gate.readUnasked(context);
    }
  }

  /** Nothing is held back from here on. */
  void end(ChannelHandlerContext context) {
    gate.open(context);
  }
}
