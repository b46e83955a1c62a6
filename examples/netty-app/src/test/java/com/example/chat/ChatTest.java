package com.example.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.testing.ExampleContract;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The chat, guarded by the handler. */
class ChatTest extends ExampleContract {
  @Override
  protected String mainClass() {
    return Chat.class.getName();
  }

  @Override
  protected String readyLine() {
    return "The chat is open";
  }

  @Override
  protected String page() {
    return "/?room=a%26b&since=1";
  }

  @Override
  protected String groupPage() {
    return "/log";
  }

  @Override
  protected String group() {
    return "moderators";
  }

  @Test
  void webSocketIsRefusedToAStranger() {
    CompletionException refused =
        assertThrows(CompletionException.class, () -> Speaker.enter(base(), new TestBrowser()));

    WebSocketHandshakeException answer =
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
    assertEquals(401, answer.getResponse().statusCode());
  }

  @Test
  void everybodyHearsWhoSpeaks() throws Exception {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada");
    TestBrowser grace = new TestBrowser();
    signIn(grace, "Grace", "moderators");
    try (Speaker first = Speaker.enter(base(), ada);
        Speaker second = Speaker.enter(base(), grace)) {
      assertEquals("\tAda", first.hear());
      assertEquals("\tGrace", second.hear());

      first.say("Good morning");

      assertEquals("Ada\tGood morning", first.hear());
      assertEquals("Ada\tGood morning", second.hear());
      second.say("And to you");
      assertEquals("Grace\tAnd to you", first.hear());
    }
    Page log = grace.open(base() + "/log");
    assertTrue(log.body().contains("Ada\tGood morning\nGrace\tAnd to you"), log::toString);
  }

  @Test
  void webSocketIsRefusedToWhoHasSignedOut() {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada");
    ada.post(base() + "/gatekeeper/logout", Map.of()).followAll();

    assertThrows(CompletionException.class, () -> Speaker.enter(base(), ada));
  }

  @Override
  protected void assertWorksUnguarded(String base) throws Exception {
    TestBrowser anybody = new TestBrowser();
    assertStatus(200, anybody.open(base + "/"));
    assertStatus(200, anybody.open(base + "/log"));
    try (Speaker guest = Speaker.enter(base, anybody)) {
      String name = guest.hear();
      assertTrue(name.startsWith("\tguest "), name);
      guest.say("Hello");
      assertEquals(name.strip() + "\tHello", guest.hear());
    }
  }
}
