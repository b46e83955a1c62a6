package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 in clear: one request asks for it, and those after it are of it from the start. */
abstract class Http2Semantics extends SemanticsBase {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  @BeforeEach
  void deploy() throws Exception {
    deploy(
        guarded("")
            .page("/who", ServletPage.text(HttpServletRequest::getRemoteUser))
            .page("/public/page", ServletPage.text(HttpServletRequest::getProtocol)));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, answer.version());
    return answer;
  }

  @Test
  void userIsKnownAndAStrangerIsNot() throws Exception {
    signIn(browser, "/who");
    String cookie = SESSION + "=" + browser.cookie(SESSION);

    // The request that asks for HTTP/2: Undertow answers it with a 500 of its own.
    get("/public/page");

    for (int i = 0; i < 3; i++) {
      assertEquals("HTTP/2.0", get("/public/page").body());
      assertEquals("alice", get("/who", "Cookie", cookie).body());
      assertEquals(401, get("/who", "Accept", "application/json").statusCode());
      assertEquals(302, get("/who", "Accept", "text/html").statusCode());
      assertEquals(200, get("/gatekeeper/session", "Cookie", cookie).statusCode());
    }
  }
}
