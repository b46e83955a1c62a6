package io.gatekeeper.netty;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;

/**
 * Stops and resumes the reading of a channel. Its {@code autoRead} stays what the application made
 * it, and a read that the application asks for meanwhile is kept. For one handler, on its loop.
 */
final class ReadGate {
  private boolean closed;
  private boolean asked;

  /**
   * A read on its way to the transport.
   *
   * @param context the handler that has the gate
   */
  void read(ChannelHandlerContext context) {
    if (closed) {
      // What autoRead asks for is read off it when the gate opens: until then it may change.
      asked |= !context.channel().config().isAutoRead();
    } else {
      context.read();
    }
  }

  /** Reads nothing more. */
  void close(ChannelHandlerContext context) {
    if (closed) {
      return;
    }
    closed = true;
    ChannelConfig config = context.channel().config();
    if (config.isAutoRead()) {
      // The first call ends the interest of the transport, the second would renew it: but the read
      // that it sends through the pipeline ends at this gate.
      config.setAutoRead(false);
      config.setAutoRead(true);
    }
  }

  /** Reads on, where anybody wants it. */
  void open(ChannelHandlerContext context) {
    if (!closed) {
      return;
    }
    boolean wanted = asked || context.channel().config().isAutoRead();
    closed = false;
    asked = false;
    if (wanted) {
      context.read();
    }
  }

  /** Reads on though the application didn't ask: it never saw what its last read brought. */
  void readUnasked(ChannelHandlerContext context) {
    if (!closed && !context.channel().config().isAutoRead()) {
      context.read();
    }
  }
}
