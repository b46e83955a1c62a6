package io.gatekeeper.testing;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * A running application with Gatekeeper in front of it, as browsers reach it. The application
 * answers every request with 200 and text: the request line, then each header that it received as
 * {@code name: value}, one a line.
 */
public interface Guarded extends AutoCloseable {
  /**
   * The settings of the Gatekeeper in front, once it is known where browsers reach it: from the
   * base address to the settings under their names in the configuration file.
   */
  interface Settings extends Function<String, Map<String, Object>> {}

  /**
   * Where browsers reach it.
   *
   * @return scheme, {@code localhost} and port, without a trailing slash
   */
  String base();

  /**
   * Moves its clock forward.
   *
   * @param duration by how much
   * @return whether it has a clock that can be moved; tests that need one are left out otherwise
   */
  default boolean advance(Duration duration) {
    return false;
  }

  /**
   * Whether the headers of every answer reach the browser. Some gateways let only a few pass when
   * they refuse a request.
   *
   * @return true unless a gateway stands between
   */
  default boolean passesEveryHeader() {
    return true;
  }

  /**
   * Whether a request can ask for another protocol on its connection. Over HTTP/2 none can.
   *
   * @return true where {@code Upgrade} reaches it
   */
  default boolean passesUpgrade() {
    return true;
  }

  /**
   * Whether requests of a method come as far as Gatekeeper. Some servers answer CONNECT themselves.
   *
   * @param method the method
   * @return false where the server's own answer counts, which need not be a 4xx
   */
  default boolean receives(String method) {
    return true;
  }

  /**
   * Whether a request target comes as far as Gatekeeper. Some servers refuse spellings of a path
   * that they find ambiguous, whatever the application says.
   *
   * @param target the target as it is sent
   * @return false where the server answers it with a 400 of its own
   */
  default boolean receivesTarget(String target) {
    return true;
  }

  /**
   * A request target as the host shows it to its application. Some servers don't tell an empty
   * query from none.
   *
   * @param target the target as it was sent
   * @return the target as the application sees it
   */
  default String asShown(String target) {
    return target;
  }

  /**
   * Whether it keeps connections and takes several requests at once on each. Where not, tests send
   * one after the other, on new connections where it closes them. A server that closes after so
   * many requests (Tomcat: 100) is set to keep them.
   *
   * @return true unless what stands in front can't
   */
  default boolean pipelines() {
    return true;
  }

  @Override
  void close();
}
