package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Error pages of the application. */
abstract class ErrorPageSemantics extends SemanticsBase {
  private static final DispatcherType[] WITH_ERROR = {DispatcherType.REQUEST, DispatcherType.ERROR};

  static Stream<Arguments> mappings() {
    return DispatchSemantics.mappings();
  }

  private void deployFor(DispatcherType[] mapping) throws Exception {
    Application application =
        guarded("", mapping)
            .page("/who", ServletPage.text(HttpServletRequest::getRemoteUser))
            .page("/send/*", (request, response) -> response.sendError(status(request)))
            .page("/public/send/*", (request, response) -> response.sendError(status(request)))
            .page("/throw", ErrorPageSemantics::fail)
            .page("/public/throw", ErrorPageSemantics::fail)
            .page("/oops", ServletPage.text(ErrorPageSemantics::describe))
            .errorPage(IllegalStateException.class, "/oops");
    for (int status : new int[] {400, 401, 403, 404, 500, 503}) {
      application.errorPage(status, "/oops");
    }
    deploy(application);
  }

  private static int status(HttpServletRequest request) {
    return Integer.parseInt(request.getPathInfo().substring(1));
  }

  private static void fail(HttpServletRequest request, HttpServletResponse response) {
    throw new IllegalStateException("the application's own");
  }

  private static String describe(HttpServletRequest request) {
    return "oops "
        + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
        + " "
        + request.getRemoteUser()
        + " header="
        + request.getHeader("X-Auth-Request-User")
        + " cookie="
        + request.getHeader("Cookie")
        + " identity="
        + GatekeeperFilter.identity(request).map(Identity::user).orElse("nobody");
  }

  @Test
  void errorPageSeesWhoIsThereAndNotOurCookies() throws Exception {
    deployFor(WITH_ERROR);
    signIn(browser, "/who");

    assertShows("404 alice header=alice cookie=null", 404, "/nowhere");
    assertShows("403 alice header=alice cookie=null", 403, "/send/403");
    assertShows("500 alice header=alice cookie=null", 500, "/send/500");
    assertShows("500 alice header=alice cookie=null", 500, "/throw");
  }

  @Test
  void errorPageOfAPublicPageSeesNobody() throws Exception {
    deployFor(WITH_ERROR);

    assertShows("404 null header= cookie=null", 404, "/public/nowhere");
    assertShows("403 null header= cookie=null", 403, "/public/send/403");
    assertShows("500 null header= cookie=null", 500, "/public/throw");
  }

  /** Containers hand their bare request to an error page that no filter is mapped to. */
  @ParameterizedTest
  @MethodSource("mappings")
  void errorPageCanAlwaysAskTheFilterWhoIsThere(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);
    signIn(browser, "/who");

    assertTrue(read404().endsWith("identity=alice"));
    browser.forgetAll();
    assertTrue(browser.open(url("/public/nowhere")).body().endsWith("identity=nobody"));
  }

  private String read404() throws Exception {
    Page page = browser.open(url("/nowhere"));
    assertStatus(404, page);
    return page.body();
  }

  private void assertShows(String text, int status, String path) throws Exception {
    Page page = browser.open(url(path));
    assertStatus(status, page);
    assertEquals("oops " + text, page.body().replaceFirst(" identity=.*", ""));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void noErrorPageTakesThePlaceOfOurAnswers(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);

    Page stranger = browser.fetch(url("/who"));
    Page forged = browser.open(url("/gatekeeper/callback?state=x&code=y"));

    assertStatus(401, stranger);
    assertTrue(stranger.header("Content-Type").startsWith("application/problem+json"));
    assertStatus(400, forged);
    assertFalse(forged.body().startsWith("oops"), forged::toString);
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void errorPageItselfIsGuarded(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);

    assertStatus(401, browser.fetch(url("/oops")));
  }
}
