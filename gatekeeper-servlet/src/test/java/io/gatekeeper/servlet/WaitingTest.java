package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that waits for a slow provider. */
class WaitingTest extends FilterTestBase {
  private final Slow gatekeeper = new Slow();
  private final ExecutorService browsers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    browsers.shutdownNow();
  }

  /** Answers at {@code /gatekeeper/…} when told to, and lets all else by. */
  private static final class Slow implements Gatekeeper {
    final BlockingQueue<CompletableFuture<Decision>> waiting = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<Decision> handle(GatekeeperRequest request) {
      if (!owns(request)) {
        return CompletableFuture.completedFuture(new Decision.Proceed(null, null, Map.of(), ""));
      }
      CompletableFuture<Decision> answer = new CompletableFuture<>();
      waiting.add(answer);
      return answer;
    }

    @Override
    public boolean owns(GatekeeperRequest request) {
      return request.target().startsWith("/gatekeeper/");
    }

    @Override
    public Decision check(GatekeeperRequest request) {
      throw new AssertionError();
    }

    @Override
    public CompletionStage<Response> serve(GatekeeperRequest request) {
      throw new AssertionError();
    }

    @Override
    public CompletionStage<Response> challenge(GatekeeperRequest request) {
      throw new AssertionError();
    }

    @Override
    public List<Response.Header> signOut(GatekeeperRequest request) {
      throw new AssertionError();
    }

    @Override
    public Revocations revocations() {
      throw new AssertionError("A filter revokes nothing");
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void close() {}
  }

  private void application(boolean async) {
    application(async, Waiting.LONGEST);
  }

  private void application(boolean async, Duration longest) {
    AbstractProtocol<?> protocol =
        (AbstractProtocol<?>) server.tomcat().getConnector().getProtocolHandler();
    protocol.setMinSpareThreads(4);
    protocol.setMaxThreads(4);
    server.add(
        "",
        app -> {
          app.filter(new GatekeeperFilter(gatekeeper, longest))
              .servlet("/", Action.answer(request -> request.isAsyncStarted() + ""));
          app.context.findFilterDefs()[0].setAsyncSupported(String.valueOf(async));
        });
  }

  private Future<Page> ask(String method, String path) {
    return browsers.submit(() -> new TestBrowser().request(method, url(path)).navigating().send());
  }

  private CompletableFuture<Decision> next() throws InterruptedException {
    CompletableFuture<Decision> answer = gatekeeper.waiting.poll(20, TimeUnit.SECONDS);
    assertTrue(answer != null, "it reaches the gatekeeper");
    return answer;
  }

  private static Decision answered() {
    return new Decision.Respond(
        Response.of(503)
            .with("Set-Cookie", "a=1; Path=/")
            .with("Set-Cookie", "b=2; Path=/")
            .withBody("text/plain; charset=utf-8", "gr\u00fc\u00dfe"),
        null);
  }

  @Test
  void manyLoginsThatWaitLeaveTheThreadsToOthers() throws Exception {
    application(true);
    List<Future<Page>> logins = new ArrayList<>();
    List<CompletableFuture<Decision>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      logins.add(ask("GET", "/gatekeeper/callback"));
      answers.add(next());
    }

    for (int i = 0; i < 20; i++) {
      assertEquals("false", browser.open(url("/page")).body());
    }

    assertFalse(logins.stream().anyMatch(Future::isDone), "the control: all wait");
    answers.forEach(answer -> answer.complete(answered()));
    for (Future<Page> login : logins) {
      assertEquals(503, login.get(20, TimeUnit.SECONDS).status());
    }
  }

  /** A client that doesn't read keeps waiting whoever writes to it. */
  @Test
  void whoLogsInNeverWritesToAClient() throws Exception {
    BlockingQueue<Thread> writers = new LinkedBlockingQueue<>();
    CountDownLatch waits = new CountDownLatch(1);
    server.add(
        "",
        app ->
            app.filter(
                    (request, response, chain) -> {
                      chain.doFilter(request, noting(writers, (HttpServletResponse) response));
                      waits.countDown();
                    })
                .filter(new GatekeeperFilter(gatekeeper))
                .servlet("/", Action.answer(request -> "")));
    Future<Page> got = ask("GET", "/gatekeeper/callback");
    CompletableFuture<Decision> answer = next();
    assertTrue(waits.await(20, TimeUnit.SECONDS), "it waits without a thread");

    answer.complete(answered());

    assertEquals(503, got.get(20, TimeUnit.SECONDS).status());
    assertEquals(1, writers.size());
    assertNotSame(Thread.currentThread(), writers.take());
  }

  private static HttpServletResponse noting(
      BlockingQueue<Thread> writers, HttpServletResponse response) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public ServletOutputStream getOutputStream() throws IOException {
        writers.add(Thread.currentThread());
        return super.getOutputStream();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerIsTheSameWhetherAThreadWaitsOrNot(boolean async) throws Exception {
    application(async);
    Future<Page> got = ask("GET", "/gatekeeper/callback");
    next().complete(answered());
    Page page = got.get(20, TimeUnit.SECONDS);

    assertEquals(503, page.status());
    assertEquals(List.of("a=1; Path=/", "b=2; Path=/"), page.headers("Set-Cookie"));
    assertEquals("no-store", page.header("Cache-Control"));
    assertEquals("7", page.header("Content-Length"));
    assertEquals("gr\u00fc\u00dfe", page.body());

    Future<Page> head = ask("HEAD", "/gatekeeper/callback");
    next().complete(answered());
    assertEquals("7", head.get(20, TimeUnit.SECONDS).header("Content-Length"));
    assertEquals("", head.get().body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mistakeOfOursWhileSomebodyWaitsIsAnAnswerToo(boolean async) throws Exception {
    application(async);
    Future<Page> got = ask("GET", "/gatekeeper/callback");
    next().completeExceptionally(new IllegalStateException("a mistake"));

    Page page = got.get(20, TimeUnit.SECONDS);
    assertEquals(500, page.status());
    assertEquals("no-store", page.header("Cache-Control"));
    assertEquals(Rejection.INTERNAL.message() + "\n", page.body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ownEndpointThatWouldGoOnGoesNowhere(boolean async) throws Exception {
    application(async);
    Future<Page> got = ask("GET", "/gatekeeper/callback");
    next().complete(new Decision.Proceed(null, null, Map.of(), ""));

    assertEquals(404, got.get(20, TimeUnit.SECONDS).status());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobodyWaitsForEverAndALateAnswerHarmsNobody(boolean async) throws Exception {
    application(async, Duration.ofMillis(50));
    Future<Page> got = ask("GET", "/gatekeeper/callback");
    CompletableFuture<Decision> answer = next();

    Page page = got.get(20, TimeUnit.SECONDS);
    assertEquals(503, page.status());
    assertEquals("10", page.header("Retry-After"));
    assertEquals("no-store", page.header("Cache-Control"));
    assertTrue(page.body().contains("try again"), page::toString);

    answer.complete(answered());
    assertEquals("false", browser.open(url("/page")).body());
  }
}
