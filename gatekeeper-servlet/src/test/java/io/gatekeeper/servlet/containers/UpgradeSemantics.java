package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that leaves HTTP, as a WebSocket does. */
abstract class UpgradeSemantics extends SemanticsBase {
  /** Says a line and closes. Made by the container. */
  public static final class Greeting implements HttpUpgradeHandler {
    private String user;

    public Greeting() {}

    @Override
    public void init(WebConnection connection) {
      try (connection) {
        connection
            .getOutputStream()
            .write(("hello " + user + "\n").getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void destroy() {}
  }

  private static void upgrade(HttpServletRequest request, HttpServletResponse response)
      throws IOException, jakarta.servlet.ServletException {
    response.setStatus(101);
    response.setHeader("Upgrade", "greeting");
    response.setHeader("Connection", "Upgrade");
    request.upgrade(Greeting.class).user = request.getRemoteUser();
  }

  @BeforeEach
  void deploy() throws Exception {
    deploy(
        guarded("")
            .page("/greeting", UpgradeSemantics::upgrade)
            .page("/who", ServletPage.text(HttpServletRequest::getRemoteUser)));
  }

  @Test
  void upgradedConnectionKnowsWhoAsked() throws Exception {
    signIn(browser, "/who");

    try (Socket socket = ask("Cookie: " + SESSION + "=" + browser.cookie(SESSION) + "\r\n")) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

      assertTrue(in.readLine().startsWith("HTTP/1.1 101"));
      assertEquals(
          "hello alice",
          in.lines().dropWhile(line -> !line.isEmpty()).skip(1).findFirst().orElse(null));
    }
  }

  @Test
  void strangerIsNotUpgraded() throws Exception {
    try (Socket socket = ask("")) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

      assertTrue(in.readLine().startsWith("HTTP/1.1 401"));
    }
  }

  private Socket ask(String cookie) throws Exception {
    Socket socket = new Socket("localhost", container().port());
    socket.setSoTimeout(20_000);
    String head =
        "GET /greeting HTTP/1.1\r\nHost: localhost:"
            + container().port()
            + "\r\nConnection: Upgrade\r\nUpgrade: greeting\r\n"
            + cookie
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
