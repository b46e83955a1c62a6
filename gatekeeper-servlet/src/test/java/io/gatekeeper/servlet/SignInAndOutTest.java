package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code authenticate()} and {@code logout()}, which an application may call itself. */
class SignInAndOutTest extends FilterTestBase {
  private void application(Action.Work work) {
    server.add(
        "",
        app ->
            app.filter(filter())
                .servlet("/", Action.of(work))
                .servlet("/me", Action.answer(HttpServletRequest::getRemoteUser)));
  }

  @Test
  void authenticateSendsPeopleToTheProviderAndBack() {
    application(
        (request, response) -> {
          response.getWriter().print("thrown away");
          if (request.authenticate(response)) {
            response.resetBuffer();
            response.getWriter().print("hello " + request.getRemoteUser());
          }
        });

    Page page = browser.open(url("/public/page?q=1")).followHere();
    assertTrue(page.redirects(), page::toString);
    assertTrue(page.location().startsWith(provider.issuer()), page::toString);
    assertEquals("", page.body());

    Page back = page.followAll();
    assertEquals("/public/page?q=1", back.target());
    assertEquals("hello alice", back.body());
  }

  @Test
  void authenticateTellsProgramsWhereToSignIn() {
    application((request, response) -> assertFalse(request.authenticate(response)));

    Page page = browser.fetch(url("/public/page"));

    assertEquals(401, page.status());
    assertEquals("application/problem+json", page.header("Content-Type"));
    assertTrue(page.body().contains("login_url"), page::toString);
  }

  @Test
  void authenticateAnswersThroughTheWriterWhereThatWasTaken() {
    application(
        (request, response) -> {
          response.setHeader("Cache-Control", "public");
          response.getWriter().print("thrown away");
          assertFalse(request.authenticate(response));
        });

    Page page = browser.fetch(url("/public/page"));

    assertEquals(401, page.status());
    assertEquals("no-store", page.header("Cache-Control"));
    assertTrue(page.body().startsWith("{"), page::toString);
  }

  @Test
  void authenticateSaysWhenItIsTooLate() {
    application(
        (request, response) -> {
          response.getWriter().print("begun;");
          response.flushBuffer();
          try {
            request.authenticate(response);
          } catch (IllegalStateException e) {
            response.getWriter().print(e.getMessage());
          }
        });

    String text = browser.open(url("/public/page")).body();

    assertTrue(text.startsWith("begun;The response is committed"), text);
  }

  @Test
  void logoutEndsBothSessionsAndForgetsWhoItWas() {
    application(
        (request, response) -> {
          request.getSession().setAttribute("cart", "full");
          request.logout();
          print(
              response,
              request.getUserPrincipal(),
              request.getRemoteUser(),
              request.getAuthType(),
              GatekeeperFilter.identity(request),
              request.isUserInRole("**"),
              request.getHeader("X-Auth-Request-User"),
              request.getSession(false),
              request.getSession().getAttribute("cart"));
          request.logout();
        });
    text("/me");

    assertEquals("[null, null, null, Optional.empty, false, , null, null]", text("/page"));
    assertNull(browser.cookie("gatekeeper"));
    assertEquals(401, browser.fetch(url("/me")).status());
  }

  @Test
  void logoutOfNobodyDoesNothing() {
    application(
        (request, response) -> {
          request.getSession().setAttribute("cart", "full");
          request.logout();
          print(response, request.getSession().getAttribute("cart"));
        });

    Page page = browser.open(url("/public/page"));

    assertEquals("[full]", page.body());
    assertEquals(1, page.headers("Set-Cookie").size(), "the container's own");
  }

  @Test
  void logoutSaysWhenItIsTooLateAndEndsNothing() {
    application(
        (request, response) -> {
          request.getSession().setAttribute("cart", "full");
          response.flushBuffer();
          try {
            request.logout();
          } catch (ServletException e) {
            print(
                response,
                e.getMessage().contains("committed"),
                request.getRemoteUser(),
                request.getSession().getAttribute("cart"));
          }
        });
    text("/me");

    assertEquals("[true, alice, full]", text("/page"));
    assertEquals("alice", text("/me"));
  }

  @Test
  void logoutOfOneUserLetsTheNextSignIn() {
    application((request, response) -> request.logout());
    text("/me");
    browser.open(url("/page"));
    provider.signInAs("bob", Map.of());

    assertEquals("bob", text("/me"));
  }

  private static void print(HttpServletResponse response, Object... values) throws IOException {
    response.getWriter().print(Arrays.asList(values));
  }
}
