package io.gatekeeper.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection without losing its last answer. Closing a socket with unread bytes makes the
 * kernel reset it, and the answer may go with them; so the output ends first, and what the client
 * still sends is thrown away until it hangs up.
 *
 * <p>Specification: RFC 9112, section 9.6.
 */
final class LingeringClose {
  /** For the client to take the last answer. */
  private static final Duration TIME = Duration.ofSeconds(2);

  private LingeringClose() {}

  /**
   * Writes the last answer and sees the connection off. The caller goes on reading, and discards.
   *
   * @param context the handler that answers
   * @param answer the last message
   */
  static void after(ChannelHandlerContext context, Object answer) {
    Channel channel = context.channel();
    Future<?> timer =
        context
            .executor()
            .schedule(() -> closeNow(channel), TIME.toMillis(), TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
    context.writeAndFlush(answer).addListener((ChannelFutureListener) LingeringClose::endOutput);
  }

  private static void endOutput(ChannelFuture written) {
    if (written.isSuccess() && written.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      closeNow(written.channel());
    }
  }

  private static void closeNow(Channel channel) {
    var unused = channel.close();
  }
}
