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
import java.util.concurrent.Executor;
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
      Executor writers,
      HttpServletRequest request,
      HttpServletResponse response) {
    AsyncContext context = request.startAsync(request, response);
    PendingAnswer pending = new PendingAnswer(context, response, request.getMethod());
    context.setTimeout(longest.toMillis());
    context.addListener(pending);
    ServletContext application = request.getServletContext();
    answer.whenCompleteAsync(
        (given, mistake) ->
            pending.answer(given == null ? Waiting.failed(application, mistake) : given),
        writers);
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
