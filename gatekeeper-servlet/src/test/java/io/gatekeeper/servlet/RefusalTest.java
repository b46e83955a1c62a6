package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.Test;

/** What doesn't go on, and what goes by untouched. */
class RefusalTest extends FilterTestBase {
  private final AtomicBoolean reached = new AtomicBoolean();
  private final AtomicReference<Exception> passed = new AtomicReference<>();

  @Test
  void whatFiltersBeforeHaveWrittenIsReplacedByOurAnswer() {
    server.add(
        "",
        app ->
            app.filter(
                    (request, response, chain) -> {
                      response.getWriter();
                      response.setContentType("text/html");
                      chain.doFilter(request, response);
                    })
                .filter(filter())
                .servlet("/", Action.answer(request -> reached.getAndSet(true))));

    Page page = browser.fetch(url("/page"));

    assertEquals(401, page.status());
    assertTrue(page.body().startsWith("{"), page::toString);
    assertFalse(reached.get());
  }

  @Test
  void committedResponseStopsTheRequestAllTheSame() {
    server.add(
        "",
        app ->
            app.filter(
                    (request, response, chain) -> {
                      response.flushBuffer();
                      try {
                        chain.doFilter(request, response);
                      } catch (IllegalStateException e) {
                        passed.set(e);
                      }
                    })
                .filter(filter())
                .servlet("/", Action.answer(request -> reached.getAndSet(true))));

    browser.fetch(url("/page"));

    assertTrue(passed.get().getMessage().contains("committed"));
    assertFalse(reached.get());
  }

  @Test
  void onlyHttpIsGuarded() {
    server.add(
        "",
        app ->
            app.filter(
                    (request, response, chain) -> {
                      try {
                        chain.doFilter(new ServletRequestWrapper(request), response);
                      } catch (ServletException e) {
                        passed.set(e);
                      }
                    })
                .filter(filter())
                .servlet("/", Action.answer(request -> reached.getAndSet(true))));

    browser.open(url("/public/page"));

    assertTrue(passed.get().getMessage().contains("HTTP"));
    assertFalse(reached.get());
  }

  @Test
  void exceptionsOfTheApplicationGoByUntouched() {
    for (Exception thrown :
        new Exception[] {
          new IOException("io"), new ServletException("s"), new RuntimeException("r")
        }) {
      passed.set(null);
      String path = "/" + thrown.getMessage();
      server.add(
          path,
          app ->
              app.filter(
                      (request, response, chain) -> {
                        try {
                          chain.doFilter(request, response);
                        } catch (IOException | ServletException | RuntimeException e) {
                          passed.set(e);
                        }
                      })
                  .filter(
                      new GatekeeperFilter(
                          settings(path)
                              .set("rules", List.of(Map.of("path", "/**", "access", "public")))
                              .build()))
                  .servlet(
                      "/",
                      Action.of(
                          (request, response) -> {
                            if (thrown instanceof IOException io) {
                              throw io;
                            } else if (thrown instanceof ServletException servlet) {
                              throw servlet;
                            }
                            throw (RuntimeException) thrown;
                          })));

      browser.open(url(path + "/page"));

      assertSame(thrown, passed.get());
    }
  }

  @Test
  void ourAnswersAreNoErrorsToTheContainer() {
    server.add(
        "",
        app -> {
          app.filter(filter()).servlet("/", new EchoServlet());
          app.servlet("/error-page", Action.answer(request -> "the application's error page"));
          ErrorPage page = new ErrorPage();
          page.setLocation("/error-page");
          app.context().addErrorPage(page);
        });

    assertTrue(browser.fetch(url("/page")).body().contains("login_url"));
    assertEquals(400, browser.open(url("/%2e%2e/page")).status());
    assertFalse(browser.open(url("/%2e%2e/page")).body().contains("error page"));
  }

  @Test
  void afterTheEndNothingGoesOn() throws Exception {
    GatekeeperFilter filter = filter();
    server.add("", app -> app.filter(filter).servlet("/", new EchoServlet()));
    text("/page");

    filter.destroy();

    assertEquals(500, browser.open(url("/page")).status());
    assertEquals(500, browser.open(url("/public/page")).status());
    assertThrows(ServletException.class, () -> filter.doFilter(null, null, null));
  }

  @Test
  void formThatSomebodyReadBeforeIsNone() {
    server.add(
        "",
        app ->
            app.filter(
                    (request, response, chain) -> {
                      if (((HttpServletRequest) request).getHeader("X-Read") != null) {
                        assertTrue(request.getParameterMap().size() > 0);
                      }
                      chain.doFilter(request, response);
                    })
                .filter(filter())
                .servlet("/", new EchoServlet()));
    text("/page");
    Page form = browser.open(url("/gatekeeper/logout"));
    String hidden = form.body().replaceAll("(?s).*name=\"?token\"? value=\"([^\"]+)\".*", "$1");

    Page consumed = logout(hidden, "X-Read");
    Page tooLong = logout("x".repeat(70_000), "X-Other");
    Page whole = logout(hidden, "X-Other");

    assertEquals(403, consumed.status());
    assertEquals(403, tooLong.status());
    assertTrue(whole.redirects(), whole::toString);
  }

  /** Without the headers that say where it comes from, so that the form alone counts. */
  private Page logout(String hidden, String header) {
    return browser
        .request("POST", url("/gatekeeper/logout"))
        .header("Accept", "text/html")
        .header(header, "1")
        .form(Map.of("token", hidden))
        .send();
  }
}
