package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where Undertow allows raw characters in addresses, {@code getRequestURI} is decoded against the
 * specification of servlets. What looks like a query then is a part of the path.
 */
class UndertowDecodingTest extends SemanticsBase {
  @Override
  Container start(int threads) {
    return UndertowContainer.startDecoding(threads);
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        arguments("/public/page", 200),
        arguments("/public/page?x=/../y", 200),
        arguments("/public/%3f/../../admin", 400),
        arguments("/public/%3f/%2e%2e/%2e%2e/admin", 400),
        arguments("/public/%252e%252e/admin", 400),
        arguments("/admin%3f/public/", 401),
        arguments("/%3f/public/x", 401));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void encodedQuestionMarkEndsNoPath(String target, int status) throws Exception {
    deploy(guarded("").page("/*", new EchoPage()));

    assertEquals(
        status, browser.request("GET", url("/")).target(target).scripted().send().status());
  }
}
