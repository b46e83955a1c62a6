package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.testing.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is dispatched within an application is the same user's, and gets around nothing. */
abstract class DispatchSemantics extends SemanticsBase {
  private static final String ALICE =
      "alice **=true header=[alice] alias=null cookie=null cookies=0;";
  private static final String NOBODY = "null **=false header=[] alias=null cookie=null cookies=0;";

  static Stream<Arguments> mappings() {
    return Stream.of(
        Arguments.argumentSet("REQUEST alone", (Object) types(DispatcherType.REQUEST)),
        Arguments.argumentSet("all dispatches", (Object) DispatcherType.values()));
  }

  private static DispatcherType[] types(DispatcherType... types) {
    return types;
  }

  private void deployFor(DispatcherType[] mapping) throws Exception {
    deploy(
        guarded("", mapping)
            .page("/who", ServletPage.text(DispatchSemantics::describe))
            .page("/forward", DispatchSemantics::forward)
            .page("/public/forward", DispatchSemantics::forward)
            .page("/wrapped", DispatchSemantics::forwardWrapped)
            .page("/include", DispatchSemantics::include)
            .page("/public/include", DispatchSemantics::include)
            .page("/twice", DispatchSemantics::forwardTwice)
            .page("/async", (request, response) -> request.startAsync().dispatch("/who")));
  }

  private static String describe(HttpServletRequest request) {
    return request.getRemoteUser()
        + " **="
        + request.isUserInRole("**")
        + " header="
        + Collections.list(request.getHeaders("X-Auth-Request-User"))
        + " alias="
        + request.getHeader("X_Auth_Request_User")
        + " cookie="
        + request.getHeader("Cookie")
        + " cookies="
        + (request.getCookies() == null ? 0 : request.getCookies().length)
        + ";";
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/who").forward(request, response);
  }

  private static void forwardWrapped(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    ServletRequest wrapper = new HttpServletRequestWrapper(request);
    request.getRequestDispatcher("/who").forward(wrapper, response);
  }

  private static void forwardTwice(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/forward").forward(request, response);
  }

  private static void include(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setContentType("text/plain");
    request.getRequestDispatcher("/who").include(request, response);
    response.getWriter().print(describe(request));
  }

  private Page forged(String path) throws Exception {
    return browser
        .request("GET", url(path))
        .navigating()
        .header("X-Auth-Request-User", "root")
        .header("X_Auth_Request_User", "root")
        .send();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void dispatchedPageSeesWhoIsThereAndNothingOfOurs(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);
    signIn(browser, "/who");

    assertEquals(ALICE, forged("/who").body());
    assertEquals(ALICE, forged("/forward").body());
    assertEquals(ALICE, forged("/wrapped").body());
    assertEquals(ALICE, forged("/twice").body());
    assertEquals(ALICE, forged("/async").body());
    assertEquals(ALICE + ALICE, forged("/include").body());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void strangerWhomAPublicPageSendsOnStaysAStranger(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);

    assertEquals(NOBODY, forged("/public/forward").body());
    assertEquals(NOBODY + NOBODY, forged("/public/include").body());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void strangerGetsNowhere(DispatcherType[] mapping) throws Exception {
    deployFor(mapping);

    for (String path : new String[] {"/who", "/forward", "/include", "/async"}) {
      assertStatus(401, browser.fetch(url(path)));
    }
  }
}
