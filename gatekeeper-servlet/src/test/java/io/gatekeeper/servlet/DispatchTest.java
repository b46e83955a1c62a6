package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No dispatch gets around the filter, and none is judged twice. */
class DispatchTest extends FilterTestBase {
  private static final List<String> ALL =
      List.of("REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR");

  private final AtomicInteger affirmed = new AtomicInteger();
  private Gatekeeper gatekeeper;

  private void application(boolean all) {
    application(all, (request, response, chain) -> chain.doFilter(request, response));
  }

  /** With somebody's filter before ours. */
  private void application(boolean all, Filter before) {
    server.add(
        "",
        app -> {
          app.filter("before", before, List.of(), "/*");
          app.filter("guard", guard(), all ? ALL : List.of(), "/*");
          app.servlet("/", Action.answer(DispatchTest::seen))
              .servlet("/forward", Action.of(DispatchTest::forward))
              .servlet("/include", Action.of(DispatchTest::include))
              .servlet("/async", Action.of(DispatchTest::async))
              .servlet("/thread", Action.of(DispatchTest::thread))
              .servlet("/error", Action.of((request, response) -> response.sendError(418)))
              .servlet("/logout-error", Action.of(DispatchTest::logoutAndFail))
              .servlet("/throw", Action.of(DispatchTest::fail))
              .servlet("/public/error", Action.of((request, response) -> response.sendError(418)))
              .servlet("/target", Action.answer(DispatchTest::seen))
              .servlet("/error-page", Action.of(DispatchTest::errorPage));
          ErrorPage page = new ErrorPage();
          page.setLocation("/error-page");
          app.context().addErrorPage(page);
        });
  }

  private GatekeeperFilter guard() {
    gatekeeper = new CountingGatekeeper(Gatekeeper.of(settings("").build()), affirmed);
    return new GatekeeperFilter(gatekeeper);
  }

  @AfterEach
  void closeGatekeeper() {
    if (gatekeeper != null) {
      gatekeeper.close();
    }
  }

  private static String seen(HttpServletRequest request) {
    return String.join(
        " ",
        request.getDispatcherType().name(),
        request.getRemoteUser(),
        request.getHeader("X-Auth-Request-User"),
        request.getHeader("X_Auth_Request_User"),
        GatekeeperFilter.identity(request).map(who -> who.user()).orElse("nobody"),
        request.getSession().getId().equals(bare(request).getSession().getId()) + "");
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/target").forward(request, response);
  }

  private static void include(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.getWriter().print("before;");
    request.getRequestDispatcher("/target").include(request, response);
  }

  private static void async(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    context.start(() -> context.dispatch("/target"));
  }

  private static void thread(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    context.start(
        () -> {
          try {
            context
                .getResponse()
                .getWriter()
                .print(seen((HttpServletRequest) context.getRequest()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            context.complete();
          }
        });
  }

  private static void logoutAndFail(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.logout();
    response.sendError(418);
  }

  private static void fail(HttpServletRequest request, HttpServletResponse response) {
    throw new IllegalStateException("the application's own");
  }

  private static void errorPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response
        .getWriter()
        .print(
            request.getRemoteUser()
                + " "
                + request.getHeader("X_Auth_Request_User")
                + " "
                + GatekeeperFilter.identity(request).map(who -> who.user()).orElse("nobody"));
  }

  private Page forged(TestBrowser with, String path) {
    return with.request("GET", url(path))
        .navigating()
        .header("X-Auth-Request-User", "root")
        .header("X_Auth_Request_User", "root")
        .send();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dispatchesWithinTheApplicationKeepTheUser(boolean all) {
    application(all);
    text("/");
    affirmed.set(0);

    assertEquals("FORWARD alice alice null alice true", forged(browser, "/forward").body());
    assertEquals("before;INCLUDE alice alice null alice true", forged(browser, "/include").body());
    assertEquals("ASYNC alice alice null alice true", forged(browser, "/async").body());
    assertEquals("REQUEST alice alice null alice true", forged(browser, "/thread").body());
    assertEquals(4, affirmed.get(), "each judged once");
  }

  @Test
  void errorPageSeesTheUserAndNoneOfTheClientsHeaders() {
    application(true);
    text("/");
    affirmed.set(0);

    Page sent = forged(browser, "/error");
    Page thrown = forged(browser, "/throw");

    assertEquals(418, sent.status());
    assertEquals("alice null alice", sent.body());
    assertEquals(500, thrown.status());
    assertEquals("alice null alice", thrown.body());
    assertEquals(2, affirmed.get(), "each judged once");
    assertEquals("null null nobody", forged(new TestBrowser(), "/public/error").body());
  }

  @Test
  void errorPageOfASignedOutRequestSeesNobody() {
    application(true);
    text("/");

    assertEquals("null null nobody", forged(browser, "/logout-error").body());
  }

  @Test
  void errorPageWithoutTheFilterStillLearnsTheUserFromIt() {
    application(false);
    text("/");

    assertEquals("null root alice", forged(browser, "/error").body());
    assertEquals("null root nobody", forged(new TestBrowser(), "/public/error").body());
  }

  @Test
  void errorBeforeTheFilterIsJudgedAsTheRequestThatItWas() {
    application(
        true,
        (request, response, chain) -> {
          HttpServletRequest http = (HttpServletRequest) request;
          if (http.getRequestURI().endsWith("/early")) {
            ((HttpServletResponse) response).sendError(418);
          } else {
            chain.doFilter(request, response);
          }
        });

    Page stranger = browser.open(url("/early?q=1")).followHere();
    assertTrue(stranger.location().startsWith(provider.issuer()), stranger::toString);
    assertEquals(401, browser.fetch(url("/early")).status());
    assertEquals("null null nobody", forged(browser, "/public/early").body());
    Page back = stranger.followAll();
    assertEquals("/early?q=1", back.target());
    assertEquals(418, back.status());
    assertEquals("alice null alice", back.body());
  }

  @Test
  void dispatchBeforeTheFilterIsJudged() {
    application(
        true,
        (request, response, chain) -> {
          String path = ((HttpServletRequest) request).getRequestURI();
          if (path.equals("/public/friendly")) {
            request.getRequestDispatcher("/target").forward(request, response);
          } else {
            chain.doFilter(request, response);
          }
        });

    assertEquals(401, browser.fetch(url("/public/friendly")).status());
    text("/");
    assertEquals("FORWARD alice alice null alice true", forged(browser, "/public/friendly").body());
  }

  @Test
  void noAttributeOfAnotherKindCountsAsADecision() {
    application(
        true,
        (request, response, chain) -> {
          request.setAttribute(Affirmed.class.getName(), "yes");
          chain.doFilter(request, response);
        });

    assertEquals(401, browser.fetch(url("/target")).status());
  }

  @Test
  void decisionOfAnotherFilterDoesNotCount() {
    server.add(
        "",
        app ->
            app.filter(
                    new GatekeeperFilter(
                        settings("")
                            .set("cookie-name", "other")
                            .set("rules", List.of(Map.of("path", "/**", "access", "public")))
                            .build()))
                .filter(filter())
                .servlet("/", Action.answer(DispatchTest::seen)));

    assertEquals(401, browser.fetch(url("/target")).status());
  }

  @Test
  void responseOfTheFiltersBehindReachesAnAsynchronousAnswer() {
    application(
        false,
        (request, response, chain) ->
            chain.doFilter(
                request,
                new HttpServletResponseWrapper((HttpServletResponse) response) {
                  @Override
                  public PrintWriter getWriter() throws IOException {
                    setHeader("X-Wrapped", "yes");
                    return super.getWriter();
                  }
                }));
    text("/");

    Page page = browser.open(url("/thread"));

    assertEquals("yes", page.header("X-Wrapped"), "startAsync keeps the response of the chain");
    assertFalse(page.body().isEmpty());
  }
}
