package io.gatekeeper.servlet;

import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Rejection;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waiting for an answer that the provider has a part in. */
final class Waiting {
  /** Beyond what the calls of one login may take by their own deadlines. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private Waiting() {}

  /** Waits on the caller's thread; an answer that doesn't come in time is a 503. */
  static Response await(
      CompletionStage<Response> answer, Duration longest, ServletContext application) {
    try {
      return answer.toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return tooLate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tooLate();
    } catch (ExecutionException e) {
      return failed(application, e.getCause());
    }
  }

  /** Not for the container to answer: some show a stack trace to whoever asks. */
  static Response failed(ServletContext application, @Nullable Throwable mistake) {
    application.log("a mistake of Gatekeeper's own; the request was refused", mistake);
    return Response.of(500)
        .withBody("text/plain; charset=utf-8", Rejection.INTERNAL.message() + "\n");
  }

  static Response tooLate() {
    return Response.of(503)
        .with("Retry-After", "10")
        .withBody("text/plain; charset=utf-8", "The sign-in takes too long. Please try again.\n");
  }
}
