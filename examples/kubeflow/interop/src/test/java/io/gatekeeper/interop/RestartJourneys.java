package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import org.junit.jupiter.api.Test;

/** A provider that can be stopped, and goes on with its refresh tokens when it is started again. */
abstract class RestartJourneys extends RefreshJourneys {
  @Test
  void providerThatIsDownSignsNobodyOutAndIsAskedOnceItIsBack() throws Exception {
    signIn(browser, "/page");
    JsonNode before = session();
    int asked = refreshes();
    picture.provider().stop();
    try {
      Page page = due().followAll();
      assertTrue(Echo.isApplication(page), page::toString);
      assertSignedIn(browser);
    } finally {
      picture.provider().start();
    }
    assertEquals(asked, refreshes(), "the control");

    Page page = due().followAll();

    assertRefreshes(asked + 1);
    assertTrue(Echo.isApplication(page), page::toString);
    assertSameSession(before);
  }
}
