package com.example.chat;

import io.gatekeeper.testing.TestBrowser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Somebody at a WebSocket of the chat, with the cookies of a browser. */
final class Speaker implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  private Speaker(URI address, String cookies) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (!cookies.isEmpty()) {
      builder.header("Cookie", cookies);
    }
    socket = builder.buildAsync(address, this).join();
  }

  static Speaker enter(String base, TestBrowser browser) {
    String cookies =
        browser.cookies().stream()
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    return new Speaker(URI.create(base.replaceFirst("http", "ws") + "/talk"), cookies);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      heard.add(message.toString());
      message.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  /** The next message, who and what with a tab between. */
  String hear() throws InterruptedException {
    String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nobody says anything");
    }
    return next;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
