package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.FakeProvider;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx understands of a check is little; what clients get is the same as elsewhere. */
class NginxTest {
  private final FakeProvider provider = FakeProvider.start();
  private final TestBrowser browser = new TestBrowser();
  private BehindGateway guarded;

  @BeforeEach
  void start() throws IOException {
    guarded =
        new BehindGateway(
            Gateways.start("nginx"),
            "nginx",
            base ->
                Map.of(
                    "issuer", provider.issuer(),
                    "client-id", provider.clientId(),
                    "client-secret", provider.clientSecret(),
                    "external-url", base,
                    "session-secrets", List.of("a session secret of the tests, 0123456789abcdef"),
                    "insecure-allow-http-issuer", true,
                    "scopes", List.of("openid", "groups"),
                    "rules",
                        List.of(
                            Map.of("path", "/dex/**", "access", "public"),
                            Map.of("path", "/admin/**", "groups", List.of("admins")))));
  }

  @AfterEach
  void stop() {
    guarded.close();
    provider.close();
  }

  private void signIn() {
    assertEquals(200, browser.openAndFollow(guarded.base() + "/page").status());
  }

  @Test
  void formWithoutASessionIsToldSoAndNotThatItsMethodIsWrong() {
    Page page = browser.post(guarded.base() + "/form?a=1&b=2", Map.of("field", "value"));

    assertEquals(401, page.status(), page::toString);
    assertEquals("application/problem+json", page.header("Content-Type"));
    assertEquals("Bearer", page.header("WWW-Authenticate"));
    assertTrue(page.body().contains("\"session-missing\""), page::toString);
  }

  @Test
  void forbiddenPageIsOursUnderItsOwnAddress() {
    signIn();

    Page page = browser.open(guarded.base() + "/admin/page?a=1&b=2");

    assertEquals(403, page.status(), page::toString);
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
    assertTrue(page.body().contains("forbidden"), page::toString);
    assertTrue(page.body().contains("/admin/page?a=1&amp;b=2"), page::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dex/../admin",
        "/dex/%2e%2e/admin",
        "/dex/..%2fadmin",
        "/dex/..;/admin",
        "/dex\\..\\admin",
        "/dex%2f..%2fadmin",
        "//dex/../admin"
      })
  void addressThatNginxReadsInAnotherWayIsABadRequest(String target) {
    signIn();
    for (TestBrowser who : List.of(browser, new TestBrowser())) {
      Page person = who.request("GET", guarded.base() + "/").target(target).navigating().send();
      Page program = who.request("GET", guarded.base() + "/").target(target).scripted().send();

      assertEquals(400, person.status(), person::toString);
      assertTrue(person.header("Content-Type").startsWith("text/html"), person::toString);
      assertEquals(400, program.status(), program::toString);
      assertEquals("application/problem+json", program.header("Content-Type"));
    }
  }

  /** Its check sees another request than we do; a redirect would go round in circles. */
  @Test
  void requestThatIsRefusedThoughItHasASessionEndsOnAPageThatSaysSo() throws IOException {
    signIn();
    List<String> lines =
        List.of(
            "GET /gatekeeper/login HTTP/1.1",
            "Host: " + guarded.base().substring("http://".length()),
            "X-Original-Method: GET",
            "X-Original-URI: /page",
            "Cookie: gatekeeper=" + browser.cookie("gatekeeper"),
            "Accept: text/html");

    RawHttp.Answer answer =
        RawHttp.exchange(guarded.server().address(), String.join("\r\n", lines) + "\r\n\r\n");

    assertEquals(500, answer.status());
    assertTrue(answer.body().contains("challenge-contradicted"), answer::toString);
  }
}
