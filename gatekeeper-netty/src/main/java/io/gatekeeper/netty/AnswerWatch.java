package io.gatekeeper.netty;

import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells from what an application writes how far its answer is. One for a channel, on its loop.
 *
 * <p>Specification: RFC 9110, section 15.2: interim answers come before the final one, but for 101,
 * with which HTTP ends.
 */
final class AnswerWatch {
  /** What a written message means. */
  enum Meaning {
    /** There is more to come. */
    GOES_ON,
    /** With this message the answer ends. */
    ENDS,
    /** With this message HTTP ends on the channel. */
    UPGRADES
  }

  private boolean inFinal;

  /**
   * Takes note of a message.
   *
   * @param message what the application writes
   * @return what it means for the answer
   */
  Meaning see(Object message) {
    if (message instanceof HttpResponse response) {
      if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        return Meaning.UPGRADES;
      }
      inFinal = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }
    if (inFinal && (message instanceof LastHttpContent || message instanceof HttpChunkedInput)) {
      inFinal = false;
      return Meaning.ENDS;
    }
    return Meaning.GOES_ON;
  }
}
