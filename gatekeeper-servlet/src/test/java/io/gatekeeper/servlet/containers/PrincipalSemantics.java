package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.Page;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is there, as an application asks its container. */
abstract class PrincipalSemantics extends SemanticsBase {
  private static final String NOBODY = "null null null staff=false *=false **=false";

  @BeforeEach
  void deploy() throws Exception {
    provider.signInAs(
        "alice", Map.of("email", "alice@example.com", "groups", List.of("staff", "*")));
    deploy(
        guarded("")
            .page("/who", ServletPage.text(PrincipalSemantics::describe))
            .page("/public/who", ServletPage.text(PrincipalSemantics::describe))
            .page("/identity", ServletPage.text(PrincipalSemantics::identity))
            .page("/logout", ServletPage.text(PrincipalSemantics::logout))
            .page("/public/logout", ServletPage.text(PrincipalSemantics::logout))
            .page("/login", ServletPage.text(PrincipalSemantics::login))
            .page("/public/login", ServletPage.text(PrincipalSemantics::login))
            .page("/sign-in", PrincipalSemantics::authenticate)
            .page("/public/sign-in", PrincipalSemantics::authenticate));
  }

  private static String describe(HttpServletRequest request) {
    return (request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName())
        + " "
        + request.getRemoteUser()
        + " "
        + request.getAuthType()
        + " staff="
        + request.isUserInRole("staff")
        + " *="
        + request.isUserInRole("*")
        + " **="
        + request.isUserInRole("**");
  }

  private static String identity(HttpServletRequest request) {
    Identity identity = (Identity) request.getUserPrincipal();
    return GatekeeperFilter.identity(request).orElseThrow().equals(identity)
        + " "
        + identity.email()
        + " "
        + identity.groups();
  }

  private static String logout(HttpServletRequest request) throws ServletException {
    request.logout();
    return describe(request);
  }

  private static String login(HttpServletRequest request) {
    try {
      request.login(Application.CONTAINER_USER, Application.CONTAINER_PASSWORD);
      return "signed in";
    } catch (ServletException e) {
      return "refused: " + describe(request);
    }
  }

  private static void authenticate(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.authenticate(response)) {
      response.getWriter().print(describe(request));
    }
  }

  @Test
  void applicationSeesWhoIsSignedIn() throws Exception {
    Page page = signIn(browser, "/who");

    assertEquals("alice alice OPENID staff=true *=false **=true", page.body());
    assertEquals("true alice@example.com [staff, *]", read("/identity"));
  }

  @Test
  void roleThatNobodyHasIsNobodys() throws Exception {
    provider.signInAs("bob", Map.of());

    assertEquals("bob bob OPENID staff=false *=false **=true", signIn(browser, "/who").body());
  }

  @Test
  void publicPageSeesWhoIsThereOrNobody() throws Exception {
    assertEquals(NOBODY, read("/public/who"));

    signIn(browser, "/who");

    assertEquals("alice alice OPENID staff=true *=false **=true", read("/public/who"));
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    signIn(browser, "/who");

    Page page = browser.open(url("/logout"));

    assertEquals(NOBODY, page.body());
    assertNull(browser.cookie(SESSION));
    assertTrue(String.valueOf(page.header("Cache-Control")).contains("no-store"), page::toString);
    assertStatus(401, browser.fetch(url("/who")));
  }

  @Test
  void logoutOfNobodyDoesNothing() throws Exception {
    Page page = browser.open(url("/public/logout"));

    assertEquals(NOBODY, page.body());
    assertEquals(List.of(), page.headers("Set-Cookie"));
  }

  @Test
  void passwordsOfTheContainerSignNobodyIn() throws Exception {
    assertEquals("refused: " + NOBODY, read("/public/login"));

    signIn(browser, "/who");

    assertEquals("refused: alice alice OPENID staff=true *=false **=true", read("/login"));
  }

  @Test
  void authenticateIsTrueWhereSomebodyIsSignedIn() throws Exception {
    assertEquals(
        "alice alice OPENID staff=true *=false **=true", signIn(browser, "/sign-in").body());
    assertEquals("alice alice OPENID staff=true *=false **=true", read("/public/sign-in"));
  }

  @Test
  void authenticateOnAPublicPageSendsAStrangerToTheProviderAndBack() throws Exception {
    Page sent = browser.open(url("/public/sign-in?x=1"));

    assertStatus(302, sent);
    assertTrue(sent.location().startsWith(provider.issuer()), sent::toString);
    Page back = sent.followAll();
    assertEquals(url("/public/sign-in?x=1"), back.url());
    assertEquals("alice alice OPENID staff=true *=false **=true", back.body());
  }

  @Test
  void authenticateOnAPublicPageTellsAProgram() throws Exception {
    Page page = browser.fetch(url("/public/sign-in"));

    assertStatus(401, page);
    assertTrue(page.header("WWW-Authenticate").startsWith("Bearer"), page::toString);
    assertTrue(page.header("Content-Type").startsWith("application/problem+json"), page::toString);
  }
}
