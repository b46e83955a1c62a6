package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every gateway has to show with a provider. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gatekeeper.interop.Chosen#gateways")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Journeys {
  @Parameter GatewayKind gateway;
  Picture picture;
  final TestBrowser browser = new TestBrowser();

  /** The provider, for a gateway that browsers find there. */
  abstract Provider provider(String externalUrl);

  @BeforeParameterizedClassInvocation
  void start(GatewayKind kind) throws IOException {
    picture = Picture.start(kind, this::provider);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    picture.close();
  }

  @Test
  void personSignsIn() {
    Page page = picture.signIn(browser, "/page?x=1", picture.provider().person());
    assertEquals("GET /page?x=1 HTTP/1.1", Echo.of(page).requestLine());
  }
}
