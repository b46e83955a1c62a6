package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.identity.Identity;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an application sees of a request that goes on. */
class ApplicationViewTest extends FilterTestBase {
  private void application(Action.Answer answer) {
    server.add("", app -> app.filter(filter()).servlet("/", Action.answer(answer)));
  }

  @Test
  void principalIsTheIdentity() {
    provider.signInAs("alice", Map.of("name", "Alice A.", "groups", List.of("staff", "admins")));
    application(
        request -> {
          Identity identity = (Identity) request.getUserPrincipal();
          assertEquals(Optional.of(identity), GatekeeperFilter.identity(request));
          return String.join(
              "|",
              identity.name(),
              identity.subject(),
              request.getRemoteUser(),
              request.getAuthType());
        });

    assertEquals("Alice A.|alice|alice|OPENID", text("/page"));
  }

  @Test
  void rolesAreTheIdentitysAndTwoAsterisksAreEveryUsers() {
    provider.signInAs("alice", Map.of("groups", List.of("staff", "*")));
    application(
        request -> {
          StringBuilder roles = new StringBuilder();
          for (String role : List.of("staff", "STAFF", "admins", "*", "**", "")) {
            roles.append(request.isUserInRole(role) ? "y" : "n");
          }
          return roles.append(request.isUserInRole(null));
        });

    assertEquals("nnnnnnfalse", browser.open(url("/public/page")).body());
    assertEquals("ynnnynfalse", text("/page"));
    assertEquals("ynnnynfalse", text("/public/page"));
  }

  @Test
  void nobodyIsThereWhereNobodyIsSignedIn() {
    application(
        request ->
            Arrays.asList(
                request.getUserPrincipal(),
                request.getRemoteUser(),
                request.getAuthType(),
                GatekeeperFilter.identity(request)));

    assertEquals("[null, null, null, Optional.empty]", browser.open(url("/public/page")).body());
  }

  @Test
  void identityIsFoundUnderTheApplicationsOwnWrappers() {
    application(
        request -> {
          HttpServletRequestWrapper hiding =
              new HttpServletRequestWrapper(request) {
                @Override
                public Principal getUserPrincipal() {
                  return () -> "somebody else";
                }
              };
          return GatekeeperFilter.identity(new ServletRequestWrapper(hiding)).orElseThrow().user();
        });

    assertEquals("alice", text("/page"));
  }

  @Test
  void headersOfTheClientsUnderOurNamesAreGoneInEverySpelling() {
    application(
        request -> {
          List<String> seen = new ArrayList<>();
          for (String name :
              List.of(
                  "X-Auth-Request-User",
                  "x-auth-request-user",
                  "X_Auth_Request_User",
                  "X-Auth-Request-Groups",
                  "x.auth.request.groups")) {
            seen.add(request.getHeader(name) + "/" + Collections.list(request.getHeaders(name)));
          }
          seen.add(
              Collections.list(request.getHeaderNames()).stream()
                  .map(name -> name.toLowerCase(Locale.ROOT))
                  .filter(name -> name.contains("auth"))
                  .sorted()
                  .toList()
                  .toString());
          return String.join(" ", seen);
        });
    text("/page");

    String seen =
        browser
            .request("GET", url("/page"))
            .navigating()
            .line("X-Auth-Request-User: root")
            .line("x-auth-request-user: root")
            .line("X_Auth_Request_User: root")
            .line("X-Auth-Request-Groups: admins")
            .line("x.auth.request.groups: admins")
            .send()
            .body();

    assertEquals(
        "alice/[alice] alice/[alice] null/[] /[] null/[]"
            + " [x-auth-request-email, x-auth-request-groups, x-auth-request-preferred-username,"
            + " x-auth-request-user]",
        seen);
  }

  @Test
  void trailersTellNoIdentityEither() {
    application(
        request -> {
          HttpServletRequest trailed =
              new HttpServletRequestWrapper(request) {
                @Override
                public Map<String, String> getTrailerFields() {
                  return Map.of(
                      "x-auth-request-user", "root",
                      "x_auth_request_groups", "admins",
                      "cookie", "a=b",
                      "x-sum", "1");
                }
              };
          return new GuardedRequest(trailed, null, GuardedRequest.affirmed(request))
              .getTrailerFields();
        });

    assertEquals("{x-sum=1}", text("/page"));
  }

  @Test
  void numbersAndDatesAreReadWhereTheyStand() {
    provider.signInAs("4711", Map.of());
    application(
        request ->
            Arrays.asList(
                request.getIntHeader("X-Auth-Request-User"),
                request.getIntHeader("X_Auth_Request_User"),
                request.getIntHeader("X-Number"),
                request.getDateHeader("If-Modified-Since"),
                request.getDateHeader("X_Auth_Request_User"),
                request.getDateHeader("Cookie"),
                failure(() -> request.getDateHeader("X-Auth-Request-User"))));
    text("/page");

    assertEquals(
        "[4711, -1, 7, 784111777000, -1, -1, IllegalArgumentException]",
        browser
            .request("GET", url("/page"))
            .navigating()
            .header("X_Auth_Request_User", "5")
            .header("X-Number", "7")
            .header("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")
            .send()
            .body());
  }

  @Test
  void cookiesAreTheApplicationsOwn() {
    application(
        request -> {
          Cookie[] cookies = request.getCookies();
          return request.getHeader("Cookie")
              + " "
              + (cookies == null
                  ? "none"
                  : Arrays.stream(cookies).map(c -> c.getName() + "=" + c.getValue()).toList());
        });
    text("/page");

    assertEquals("null none", browser.open(url("/page")).body());
    browser.plant(url("/"), "gatekeepers=1; Path=/").plant(url("/"), "b=2; Path=/");
    assertEquals("gatekeepers=1; b=2 [gatekeepers=1, b=2]", browser.open(url("/page")).body());
  }

  @Test
  void cookieThatOnlyTheContainerTakesForOursIsNotShown() {
    application(
        request -> {
          HttpServletRequest odd =
              new HttpServletRequestWrapper(request) {
                @Override
                public Cookie[] getCookies() {
                  return new Cookie[] {
                    new Cookie("a", "1"), new Cookie("gatekeeper", "x"), new Cookie("aa", "2")
                  };
                }
              };
          Decision.Proceed decision =
              new Decision.Proceed(null, null, Map.of(), "a=1, gatekeeper=x;b; aa =2");
          return Arrays.stream(new GuardedHeaders(odd, decision).cookies())
              .map(Cookie::getName)
              .toList();
        });

    assertEquals("[a, aa]", browser.open(url("/public/page")).body());
  }

  @Test
  void passwordsAreNotTakenAndNothingIsPushed() {
    application(
        request ->
            failure(() -> request.login("alice", "secret")) + " " + request.newPushBuilder());

    assertEquals("ServletException null", text("/page"));
  }

  @Test
  void principalOfAnApplicationsOwnTestIsAnIdentityToo() {
    application(
        request ->
            GatekeeperFilter.identity(
                    new HttpServletRequestWrapper(bare(request)) {
                      @Override
                      public Principal getUserPrincipal() {
                        return Identity.of("jane");
                      }

                      @Override
                      public Object getAttribute(String name) {
                        return null;
                      }
                    })
                .map(Identity::user));

    assertEquals("Optional[jane]", browser.open(url("/public/page")).body());
  }

  private interface Call {
    void run() throws Exception;
  }

  private static String failure(Call call) {
    try {
      call.run();
      return "none";
    } catch (ServletException e) {
      assertTrue(e.getMessage().contains("authenticate"));
      return "ServletException";
    } catch (Exception e) {
      assertFalse(e.getMessage().isEmpty());
      return e.getClass().getSimpleName();
    }
  }
}
