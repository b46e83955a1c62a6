package io.gatekeeper.session;

import java.util.concurrent.CompletionStage;

/**
 * Which sessions end before their time. Sessions are tokens that nobody keeps, so this keeps the
 * few that count no more; it is asked whenever a session is affirmed or renewed.
 *
 * <p>{@link InProcessRevocations} knows what this process was told. An implementation that shares
 * revocations among processes holds one, tells it what was revoked before ({@link #ready}) and what
 * others revoke, and passes on what {@link #revoke} is told: affirming still asks nobody. Safe for
 * use by many threads.
 */
public interface Revocations {
  /**
   * Whether a session was revoked. Asked about every request: never waits, takes no lock and does
   * no I/O.
   *
   * @param session the session, as its token tells it
   * @return true where it counts no more
   */
  boolean covers(Session session);

  /**
   * Revokes sessions. Anybody's at anybody's word: whoever calls this has made sure that the one
   * who asks for it may.
   *
   * @param revocation which sessions
   * @return complete when every process that shares revocations has been told or will be told, and
   *     exceptional when that can't be promised; in this process it counts on return
   */
  CompletionStage<Void> revoke(Revocation revocation);

  /**
   * Whether all that was revoked before is known here. A process that isn't ready must get no
   * requests: it would affirm sessions that count no more.
   *
   * @return true where nothing is awaited
   */
  default boolean ready() {
    return true;
  }
}
