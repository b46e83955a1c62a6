package io.gatekeeper.servlet.containers;

/** Paths on a Tomcat that refuses none itself. */
class TomcatLenientTest extends LenientPathSemantics {
  @Override
  Container start(int threads) throws Exception {
    return TomcatContainer.startLenient(threads);
  }
}
