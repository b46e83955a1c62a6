package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no browser sends, to whatever container. */
abstract class HostileClientSemantics extends SemanticsBase {
  @BeforeEach
  void deploy() throws Exception {
    deploy(
        guarded("")
            .page("/public/trailers", ServletPage.text(HostileClientSemantics::trailers))
            .page("/cookies", ServletPage.text(HostileClientSemantics::cookies))
            .page("/public/session", ServletPage.text(request -> request.getSession().getId()))
            .page("/session", ServletPage.text(request -> request.getSession().getId())));
  }

  private static String trailers(HttpServletRequest request) throws IOException {
    request.getInputStream().readAllBytes();
    return "trailers " + request.getTrailerFields();
  }

  private static String cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies() == null ? new Cookie[0] : request.getCookies();
    return request.getHeader("Cookie")
        + Arrays.stream(cookies).map(cookie -> cookie.getName() + cookie.getValue()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gatekeeper/logout", "/gatekeeper/login", "/gatekeeper/session"})
  void formThatCantBeReadIsTheClientsMistake(String endpoint) throws Exception {
    String answer =
        ask(
            "POST " + endpoint,
            "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n",
            "no chunk\r\n");

    // Undertow closes the connection instead.
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    assertFalse(answer.contains("Exception"), answer);
    assertFalse(answer.contains("io.gatekeeper"), answer);
  }

  /** Undertow and Jetty show trailers, Tomcat those alone that it is told to allow. */
  @Test
  void identityHeaderInATrailerIsGone() throws Exception {
    String forged = "X-Auth-Request-User: root\r\nX_Auth_Request_User: root\r\n";
    String answer =
        ask(
            "POST /public/trailers",
            "Transfer-Encoding: chunked\r\nTrailer: X-Auth-Request-User\r\n",
            "1\r\na\r\n0\r\n" + forged + "X-Checksum: abc\r\n\r\n");

    assertTrue(answer.contains("trailers {"), answer);
    assertFalse(answer.contains("root"), answer);
    assertTrue(answer.contains("trailers {}") || answer.contains("x-checksum=abc"), answer);
  }

  /** A quoted value may not hold a cookie of ours, however a container reads quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"", "$Version=1; "})
  void noCookieOfTheClientsWrapsOurs(String first) throws Exception {
    signIn(browser, "/cookies");
    String session = browser.cookie(SESSION);

    Page page =
        browser
            .request("GET", url("/cookies"))
            .scripted()
            .cookies(first + "a=\"x; " + SESSION + "=" + session + "; b=y\"; c=1")
            .send();

    assertStatus(200, page);
    assertTrue(page.body().contains("c1"), page::toString);
    assertFalse(page.body().contains(session), page::toString);
  }

  /** Two readings, so a public page is refused, and no session of another's is taken up. */
  @Test
  void sessionIdInAnAddressBringsNobodyAnothersSession() throws Exception {
    signIn(browser, "/session");
    String theirs = read("/session");

    TestBrowser thief = new TestBrowser();
    assertStatus(400, thief.open(url("/public/session;jsessionid=" + theirs)));
    provider.signInAs("bob", Map.of());
    signIn(thief, "/session");
    thief.forget("JSESSIONID");
    Page page = thief.open(url("/session;jsessionid=" + theirs));

    assertStatus(200, page);
    assertNotEquals(theirs, page.body());
    assertEquals(200, browser.open(url("/session")).status());
  }

  /** All that comes back until the other side closes. */
  private String ask(String start, String headers, String body) throws Exception {
    try (Socket socket = new Socket("localhost", container().port())) {
      socket.setSoTimeout(20_000);
      String head =
          start
              + " HTTP/1.1\r\nHost: localhost:"
              + container().port()
              + "\r\nConnection: close\r\n";
      socket
          .getOutputStream()
          .write((head + headers + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
