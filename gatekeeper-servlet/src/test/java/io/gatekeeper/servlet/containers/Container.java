package io.gatekeeper.servlet.containers;

/** A servlet container that listens on a free port of loopback. */
interface Container extends AutoCloseable {
  /** How a container is started. */
  interface Starter {
    /**
     * Starts one without applications.
     *
     * @param threads the most requests that it works on at once
     */
    Container start(int threads) throws Exception;
  }

  /** The port that it listens on. */
  int port();

  /** Starts an application; fails when one of its filters does. */
  void deploy(Application application) throws Exception;

  /** Stops an application and lets go of it. */
  void undeploy(Application application) throws Exception;

  /** See {@link io.gatekeeper.testing.Guarded#receives}. */
  default boolean receives(String method) {
    return true;
  }

  /** See {@link io.gatekeeper.testing.Guarded#receivesTarget}. */
  default boolean receivesTarget(String target) {
    return true;
  }

  /** See {@link io.gatekeeper.testing.Guarded#asShown}. */
  default String asShown(String target) {
    return target;
  }

  @Override
  void close();
}
