package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** A request that its application finishes later. */
abstract class AsyncSemantics extends SemanticsBase {
  /** A page that goes on in the context of its asynchronous request. */
  private interface Later {
    void go(AsyncContext context);
  }

  private static ServletPage later(Later later) {
    return (request, response) -> later.go(request.startAsync());
  }

  private static ServletPage laterWithBoth(Later later) {
    return (request, response) -> later.go(request.startAsync(request, response));
  }

  private static String user(ServletRequest request) {
    return ((HttpServletRequest) request).getRemoteUser();
  }

  private static void finish(AsyncContext context) {
    try {
      context.getResponse().getWriter().print("later: " + user(context.getRequest()));
      context.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deployAndSignIn(ServletPage page, DispatcherType... mapping) throws Exception {
    deploy(
        guarded("", mapping)
            .page("/who", ServletPage.text(request -> "who: " + user(request)))
            .page("/page", page));
    signIn(browser, "/who");
  }

  @Test
  void containersThreadSeesWhoAsked() throws Exception {
    deployAndSignIn(later(context -> context.start(() -> finish(context))), DispatcherType.REQUEST);

    assertEquals("later: alice", read("/page"));
  }

  @Test
  void threadOfTheApplicationSeesWhoAsked() throws Exception {
    deployAndSignIn(
        later(context -> new Thread(() -> finish(context)).start()), DispatcherType.REQUEST);

    assertEquals("later: alice", read("/page"));
  }

  @Test
  void contextOfAGivenRequestKeepsWhoAsked() throws Exception {
    deployAndSignIn(
        laterWithBoth(context -> new Thread(() -> finish(context)).start()),
        DispatcherType.REQUEST);

    assertEquals("later: alice", read("/page"));
  }

  @Test
  void dispatchFromAnotherThreadSeesWhoAsked() throws Exception {
    deployAndSignIn(
        later(context -> new Thread(() -> context.dispatch("/who")).start()),
        DispatcherType.values());

    assertEquals("who: alice", read("/page"));
  }

  @Test
  void dispatchOfAGivenRequestSeesWhoAsked() throws Exception {
    deployAndSignIn(
        laterWithBoth(context -> new Thread(() -> context.dispatch("/who")).start()),
        DispatcherType.REQUEST);

    assertEquals("who: alice", read("/page"));
  }

  @Test
  void dispatchBackToItselfSeesWhoAsked() throws Exception {
    deployAndSignIn(
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print("again: " + user(request));
          } else {
            request.startAsync().dispatch();
          }
        },
        DispatcherType.values());

    assertEquals("again: alice", read("/page"));
  }

  @Test
  void timeoutTellsWhoAsked() throws Exception {
    deployAndSignIn(
        later(
            context -> {
              context.setTimeout(200);
              context.addListener(
                  new AtTimeout(),
                  context.getRequest(),
                  (HttpServletResponse) context.getResponse());
            }),
        DispatcherType.REQUEST);

    assertEquals("later: alice", read("/page"));
  }

  private static final class AtTimeout implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) {
      finish(event.getAsyncContext());
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  @Test
  void applicationThatIsNotAsynchronousSignsInTheSame() throws Exception {
    deploy(
        Application.at("")
            .withoutAsync()
            .filter(filter(settings("")), DispatcherType.REQUEST)
            .page("/who", ServletPage.text(request -> "who: " + user(request))));

    assertEquals("who: alice", signIn(browser, "/who").body());
  }
}
