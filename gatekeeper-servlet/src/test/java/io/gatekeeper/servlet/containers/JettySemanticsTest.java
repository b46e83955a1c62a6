package io.gatekeeper.servlet.containers;

/** What an application sees of the filter on Jetty. */
class JettySemanticsTest extends ContainerSemantics {
  @Override
  Container start(int threads) throws Exception {
    return JettyContainer.start(threads);
  }
}
