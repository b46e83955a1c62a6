package io.gatekeeper.servlet.containers;

/** Paths on a Undertow that refuses none itself. */
class UndertowLenientTest extends LenientPathSemantics {
  @Override
  Container start(int threads) throws Exception {
    return UndertowContainer.startLenient(threads);
  }
}
