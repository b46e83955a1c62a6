package io.gatekeeper.servlet.containers;

/** What an application sees of the filter on Undertow. */
class UndertowSemanticsTest extends ContainerSemantics {
  @Override
  Container start(int threads) throws Exception {
    return UndertowContainer.start(threads);
  }
}
