package io.gatekeeper.servlet.containers;

/** What an application sees of the filter on Tomcat. */
class TomcatSemanticsTest extends ContainerSemantics {
  @Override
  Container start(int threads) throws Exception {
    return TomcatContainer.start(threads);
  }
}
