package io.gatekeeper.netty;

import io.gatekeeper.http.Response;
import java.util.concurrent.CompletionStage;

/** What answers behind a port. Called on event loops, so it never waits. */
interface Endpoint {
  /**
   * Answers a request.
   *
   * @param request a request that {@link RequestGuard} let pass
   * @return the answer, completed on any thread; thrown or exceptional: {@link #failed}
   */
  CompletionStage<Response> answer(NettyRequest request);

  /**
   * The answer where ours failed: an exception, or one that can't be written.
   *
   * @return an answer that lets nothing by
   */
  Response failed();

  /**
   * Whether bodies of forms are read; all others are discarded as they come.
   *
   * @return true where {@link NettyRequest#form} is asked for
   */
  default boolean readsForms() {
    return false;
  }
}
