package io.gatekeeper.servlet;

import io.gatekeeper.http.Response;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for an answer that the provider has a part in. */
final class Waiting {
  /** Beyond what the calls of one login may take by their own deadlines. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private Waiting() {}

  /** Waits on the caller's thread; an answer that doesn't come in time is a 503. */
  static Response await(CompletionStage<Response> answer, Duration longest) {
    try {
      return answer.toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return tooLate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return tooLate();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a mistake of Gatekeeper's own", e);
    }
  }

  static Response tooLate() {
    return Response.of(503)
        .with("Retry-After", "10")
        .withBody("text/plain; charset=utf-8", "The sign-in takes too long. Please try again.\n");
  }
}
