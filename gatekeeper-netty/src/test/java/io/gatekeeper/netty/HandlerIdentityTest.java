package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelPipelineException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerIdentityTest extends HandlerBase {
  private static void forge(HttpHeaders headers) {
    for (String name : List.of("X-User", "x-user", "X_User", "x.user", "X_GROUPS", "X-Groups")) {
      headers.add(name, "root").add(name, "admin");
    }
  }

  private static void assertReplaced(HttpHeaders headers, String user) {
    assertEquals(List.of(user), headers.getAll("X-User"));
    assertEquals(List.of(""), headers.getAll("X-Groups"));
    for (String alias : List.of("X_User", "x.user", "X_GROUPS")) {
      assertFalse(headers.contains(alias), alias);
    }
    assertEquals("b", headers.get("X-A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", ""})
  void clientsWordOnItselfIsReplacedInEverySpelling(String user) {
    HttpRequest request = get("/public", user.isEmpty() ? null : user);
    forge(request.headers());
    request.headers().add("X-A", "b");

    receive(request, LastHttpContent.EMPTY_LAST_CONTENT);

    assertReplaced(passed(HttpRequest.class).headers(), user);
  }

  @Test
  void aggregatedRequestIsReplacedLikewiseAndSoAreItsTrailers() {
    var request = full("POST", "/", "alice", "body");
    forge(request.headers());
    request.headers().add("X-A", "b");
    forge(request.trailingHeaders());
    request.trailingHeaders().add("Cookie", "a=b").add("X-Sum", "1");

    receive(request);

    HttpRequest passed = passed(HttpRequest.class);
    assertReplaced(passed.headers(), "alice");
    assertEquals(List.of("X-Sum"), List.copyOf(request.trailingHeaders().names()));
  }

  @Test
  void trailersTellNoIdentityEither() {
    LastHttpContent end = last("body");
    forge(end.trailingHeaders());
    end.trailingHeaders().add("X-Sum", "1");

    receive(head("POST", "/", "alice"), end);

    assertPassed("/");
    assertEquals(
        List.of("X-Sum"), List.copyOf(passed(LastHttpContent.class).trailingHeaders().names()));
  }

  @Test
  void onlyTheApplicationsCookiesGoOn() {
    HttpRequest request = get("/", "alice");
    request.headers().add("Cookie", "gatekeeper=x").add("cookie", "kept=1");
    receive(request, LastHttpContent.EMPTY_LAST_CONTENT);
    assertEquals(List.of("kept=1"), passed(HttpRequest.class).headers().getAll("Cookie"));
    passed(LastHttpContent.class);
    write(answer(OK));

    HttpRequest next = get("/", "alice");
    next.headers().add("Cookie", "gatekeeper=x");
    receive(next, LastHttpContent.EMPTY_LAST_CONTENT);
    assertFalse(passed(HttpRequest.class).headers().contains("Cookie"));
  }

  @Test
  void identityIsThereFromTheHeadToTheEndOfTheAnswer() {
    assertEquals("nobody", who());
    receive(head("POST", "/", "alice"));
    assertEquals("alice", who());
    receive(last("body"));
    write(answerHead(OK), content("part"));
    assertEquals("alice", who());
    write(last("end"));
    assertEquals("nobody", who());
  }

  @Test
  void identityStaysWhileTheBodyOfAnAnsweredRequestComes() {
    receive(head("POST", "/", "alice"));
    write(answer(HttpResponseStatus.BAD_REQUEST));
    assertEquals("alice", who());
    receive(last("body"));
    assertEquals("nobody", who());
  }

  @Test
  void nobodyFollowsSomebody() {
    receive(get("/", "alice"), LastHttpContent.EMPTY_LAST_CONTENT);
    receive(get("/public", null), LastHttpContent.EMPTY_LAST_CONTENT);
    assertEquals("alice", who());
    write(answer(OK));
    assertPassed("/");
    passed(LastHttpContent.class);
    assertPassed("/public");
    assertEquals("nobody", who());
  }

  @Test
  void refusedRequestHasNoIdentity() {
    receive(get("/", "alice"), LastHttpContent.EMPTY_LAST_CONTENT);
    write(answer(OK));
    receive(get("/", null), LastHttpContent.EMPTY_LAST_CONTENT);
    assertEquals("nobody", who());
  }

  @Test
  void identityEndsWithTheConnectionOrTheHandler() {
    receive(get("/", "alice"));
    channel.pipeline().remove(GatekeeperHandler.class);
    assertEquals("nobody", who());

    EmbeddedChannel other = new EmbeddedChannel(new GatekeeperHandler(doorman));
    other.writeInbound(get("/", "bob"));
    assertTrue(GatekeeperHandler.identity(other).isPresent());
    other.finishAndReleaseAll();
    assertTrue(GatekeeperHandler.identity(other).isEmpty());
  }

  @Test
  void channelWithoutTheHandlerHasNoIdentity() {
    assertTrue(GatekeeperHandler.identity(new EmbeddedChannel()).isEmpty());
  }

  @Test
  void handlerIsForOneChannel() {
    GatekeeperHandler handler = new GatekeeperHandler(doorman);
    EmbeddedChannel first = new EmbeddedChannel(handler);
    EmbeddedChannel second = new EmbeddedChannel();
    assertThrows(ChannelPipelineException.class, () -> second.pipeline().addLast(handler));
    first.finishAndReleaseAll();
  }
}
