package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.TestBrowser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two applications on one host, each with its own settings; even one client and one secret may
 * serve both.
 */
class TwoApplicationsTest extends FilterTestBase {
  @BeforeEach
  void applications() {
    for (String name : new String[] {"one", "two"}) {
      GatekeeperConfig settings = settings("/" + name).set("cookie-name", name).build();
      server.add(
          "/" + name,
          app -> {
            app.context.setCrossContext(true);
            app.filter(new GatekeeperFilter(settings))
                .servlet(
                    "/",
                    Action.answer(
                        request -> request.getRemoteUser() + " " + request.getHeader("Cookie")))
                .servlet(
                    "/across",
                    Action.of(
                        (request, response) ->
                            request
                                .getServletContext()
                                .getContext("/two")
                                .getRequestDispatcher("/page")
                                .forward(request, response)));
            app.map(app.context.findFilterDefs()[0].getFilterName(), List.of("FORWARD"), "/*");
          });
    }
  }

  @Test
  void eachSignsInByItselfAndSeesNoCookieOfItsOwn() {
    assertEquals("alice null", text("/one/page"));
    provider.signInAs("bob", Map.of());
    String two = text("/two/page");

    assertEquals("bob", two.substring(0, two.indexOf(' ')));
    assertEquals("alice", text("/one/page").split(" ")[0]);
    assertNotEquals(browser.cookie("one"), browser.cookie("two"));
  }

  @Test
  void sessionOfOneOpensNotTheOther() {
    text("/one/page");
    TestBrowser copy = new TestBrowser();
    copy.plant(url("/"), "two=" + browser.cookie("one") + "; Path=/");

    assertEquals(401, copy.fetch(url("/two/page")).status());
    copy.plant(url("/"), "one=" + browser.cookie("one") + "; Path=/");
    assertEquals("alice", copy.open(url("/one/page")).body().split(" ")[0], "the control");
  }

  @Test
  void dispatchIntoTheOtherIsJudgedByTheOther() {
    text("/one/page");
    assertEquals(401, browser.fetch(url("/one/across")).status());
    provider.signInAs("bob", Map.of());
    text("/two/page");

    assertEquals("bob", browser.open(url("/one/across")).body().split(" ")[0]);
  }
}
