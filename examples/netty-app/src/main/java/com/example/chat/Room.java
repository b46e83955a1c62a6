package com.example.chat;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;

/** Who is there, and what was said lately. Safe for use by many threads. */
final class Room {
  private static final int REMEMBERED = 200;
  private static final char SEPARATOR = '\t';

  private final ChannelGroup present = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Deque<String> log = new ArrayDeque<>();

  /** Tells the one who enters by which name, and lets them hear the others. */
  void enter(Channel channel, String name) {
    var unused = channel.writeAndFlush(new TextWebSocketFrame(line("", name)));
    present.add(channel);
  }

  void say(String name, String text) {
    String line = line(name, text);
    synchronized (log) {
      log.addLast(line);
      if (log.size() > REMEMBERED) {
        log.removeFirst();
      }
    }
    var unused = present.writeAndFlush(new TextWebSocketFrame(line));
  }

  /** A message: who, a tab, what. What nobody says is the name of the one who reads it. */
  private static String line(String name, String text) {
    return name.replace(SEPARATOR, ' ') + SEPARATOR + text;
  }

  String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }
}
