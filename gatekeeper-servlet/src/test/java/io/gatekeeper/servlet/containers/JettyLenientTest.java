package io.gatekeeper.servlet.containers;

/** Paths on a Jetty that refuses none itself. */
class JettyLenientTest extends LenientPathSemantics {
  @Override
  Container start(int threads) throws Exception {
    return JettyContainer.startLenient(threads);
  }
}
