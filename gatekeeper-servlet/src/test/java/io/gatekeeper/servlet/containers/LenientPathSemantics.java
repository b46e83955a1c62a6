package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paths on a container that lets by what containers usually refuse themselves. */
abstract class LenientPathSemantics extends SemanticsBase {
  private static final String REACHED = "reached";
  private static final List<String> ADMINS =
      List.of(
          "/admin",
          "/%61dmin",
          "//admin",
          "/%2fadmin",
          "/%5cadmin",
          "/;/admin",
          "/admin%2fx",
          "/admin\\x",
          "/admin%5cx",
          "/admin;x=1/y",
          "/public/..%2fadmin",
          "/public/%2e%2e%2fadmin",
          "/public%2f..%2fadmin",
          "/public/..%5cadmin",
          "/public%5c..%5cadmin",
          "/public\\..\\admin",
          "/public/..;/admin",
          "/public/%2e%2e;x/admin",
          "/public//../admin",
          "/public/x%2f..%2f..%2fadmin",
          "/public/.%2e/admin",
          "/public/%2e./admin");
  private static final List<String> NOBODYS =
      List.of("/public/%252e%252e/admin", "/public%252f..%252fadmin", "/public%2fx/../../y");

  private void deployRules() throws Exception {
    Map<String, Object> settings = settings("");
    settings.put(
        "rules",
        List.of(
            Map.of("path", "/public/**", "access", "public"),
            Map.of("path", "/admin/**", "groups", List.of("admins"))));
    deploy(
        Application.at("")
            .filter(filter(settings), DispatcherType.REQUEST)
            .page("/*", ServletPage.text(request -> REACHED + " " + request.getRequestURI())));
  }

  private Page raw(TestBrowser who, String target) throws Exception {
    return who.request("GET", url("/")).target(target).scripted().send();
  }

  @Test
  void containerIsLenient() throws Exception {
    deployRules();
    signIn(browser, "/page");

    assertEquals(REACHED + " /a%2Fb", raw(browser, "/a%2Fb").body());
  }

  @Test
  void noSpellingOfAPathOpensIt() throws Exception {
    deployRules();
    provider.signInAs("alice", Map.of("groups", List.of("staff")));
    signIn(browser, "/page");

    for (String target : ADMINS) {
      assertNotReached(browser, target);
      assertNotReached(new TestBrowser(), target);
    }
    for (String target : NOBODYS) {
      assertNotReached(new TestBrowser(), target);
    }
  }

  private void assertNotReached(TestBrowser who, String target) throws Exception {
    Page page = raw(who, target);
    assertFalse(page.body().startsWith(REACHED), () -> target + ": " + page);
    assertEquals(4, page.status() / 100, () -> target + ": " + page);
  }
}
