package io.gatekeeper.servlet;

import io.gatekeeper.http.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer that is waited for without a thread. Whatever comes first is written, once. */
final class PendingAnswer implements AsyncListener {
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AsyncContext context;
  private final HttpServletResponse response;
  private final String method;

  private PendingAnswer(AsyncContext context, HttpServletResponse response, String method) {
    this.context = context;
    this.response = response;
    this.method = method;
  }

  static void await(
      CompletionStage<Response> answer,
      Duration longest,
      HttpServletRequest request,
      HttpServletResponse response) {
    AsyncContext context = request.startAsync(request, response);
    PendingAnswer pending = new PendingAnswer(context, response, request.getMethod());
    context.setTimeout(longest.toMillis());
    context.addListener(pending);
    ServletContext application = request.getServletContext();
    answer.whenComplete(
        (given, mistake) ->
            pending.answerOnContainersThread(
                given == null ? Waiting.failed(application, mistake) : given));
  }

  /** A client that reads nothing holds up the writer, which then must not be one who logs in. */
  private void answerOnContainersThread(Response given) {
    if (answered.get()) {
      // The container may use the context for another request already.
      return;
    }
    try {
      context.start(() -> answer(given));
    } catch (IllegalStateException | RejectedExecutionException e) {
      // Answered meanwhile, or the container is about to stop.
      answer(given);
    }
  }

  private void answer(Response given) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    try {
      ResponseWriter.write(given, method, response);
    } catch (IOException e) {
      // The client went away; there is nobody to tell.
    } finally {
      context.complete();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    answer(Waiting.tooLate());
  }

  @Override
  public void onError(AsyncEvent event) {
    answer(Waiting.tooLate());
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
