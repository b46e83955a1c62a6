package io.gatekeeper.netty;

import io.gatekeeper.identity.Identity;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose request a channel is handling, kept with the channel so that any thread may ask. */
final class ChannelUser {
  private static final AttributeKey<@Nullable Identity> IDENTITY =
      AttributeKey.valueOf(GatekeeperHandler.class, "identity");

  private boolean known;

  static Optional<Identity> of(Channel channel) {
    return channel.hasAttr(IDENTITY)
        ? Optional.ofNullable(channel.attr(IDENTITY).get())
        : Optional.empty();
  }

  void set(Channel channel, @Nullable Identity who) {
    if (who != null) {
      channel.attr(IDENTITY).set(who);
      known = true;
    }
  }

  /** Only what was set here: another handler's user of the same channel stays. */
  void forget(Channel channel) {
    if (known) {
      channel.attr(IDENTITY).set(null);
      known = false;
    }
  }
}
