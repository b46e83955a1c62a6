package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatekeeper.testing.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies reach the application as they were sent, and so do its answers the client. */
abstract class BodySemantics extends SemanticsBase {
  private static final byte[] BODY = new byte[3_000_000];

  static {
    new Random(7).nextBytes(BODY);
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void deploy() throws Exception {
    deploy(
        guarded("")
            .page(
                "/blocking",
                (request, response) ->
                    request.getInputStream().transferTo(response.getOutputStream()))
            .page("/non-blocking", new NonBlockingEcho())
            .page("/form", ServletPage.text(BodySemantics::nameInUtf8))
            .page("/who", ServletPage.text(request -> request.getRemoteUser())));
    signIn(browser, "/who");
  }

  /** A form is decoded when it is first asked for; a filter before must not have asked. */
  private static String nameInUtf8(HttpServletRequest request) throws IOException {
    request.setCharacterEncoding("UTF-8");
    return request.getParameter("name");
  }

  private HttpResponse<byte[]> send(String path, HttpRequest.BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Cookie", SESSION + "=" + browser.cookie(SESSION))
            .POST(body)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/blocking", "/non-blocking"})
  void bigBodyPassesBothWays(String path) throws Exception {
    HttpResponse<byte[]> answer = send(path, HttpRequest.BodyPublishers.ofByteArray(BODY));

    assertEquals(200, answer.statusCode());
    assertArrayEquals(BODY, answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/blocking", "/non-blocking"})
  void bodyOfUnknownLengthPassesBothWays(String path) throws Exception {
    HttpResponse<byte[]> answer =
        send(path, HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY)));

    assertEquals(200, answer.statusCode());
    assertArrayEquals(BODY, answer.body());
  }

  @Test
  void nonBlockingPageSeesWhoAsked() throws Exception {
    HttpResponse<byte[]> answer =
        send("/non-blocking", HttpRequest.BodyPublishers.ofString("hello"));

    assertEquals("alice", answer.headers().firstValue("X-User").orElse(null));
  }

  @Test
  void formIsTheApplicationsToRead() throws Exception {
    Page page = browser.post(url("/form"), Map.of("name", "J\u00fcrgen & co"));

    assertStatus(200, page);
    assertEquals("J\u00fcrgen & co", page.body());
  }

  @Test
  void bodyOfAStrangerIsRefusedAndTheNextRequestAnswered() throws Exception {
    HttpRequest stranger =
        HttpRequest.newBuilder(URI.create(url("/blocking")))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000]))
            .build();

    assertRefused(stranger);
    assertArrayEquals(
        new byte[] {1, 2},
        send("/blocking", HttpRequest.BodyPublishers.ofByteArray(new byte[] {1, 2})).body());
  }

  /** A server that hangs up on a body may take its answer along (RFC 9112, section 9.6). */
  private void assertRefused(HttpRequest request) throws InterruptedException {
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      assertEquals(401, status);
    } catch (IOException e) {
      assertFalse(e instanceof HttpTimeoutException, "no answer at all");
    }
  }
}
