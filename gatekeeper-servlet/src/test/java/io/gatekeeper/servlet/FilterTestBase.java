package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.testing.FakeProvider;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A provider, a Tomcat and a browser. */
abstract class FilterTestBase {
  static final String SECRET = "a session secret of the tests, 0123456789abcdef";

  final FakeProvider provider = FakeProvider.start();
  final TomcatServer server = TomcatServer.start();
  final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeAll() {
    server.close();
    provider.close();
  }

  /** Settings of an application there, to add to. */
  GatekeeperConfig.Builder settings(String contextPath) {
    return GatekeeperConfig.builder()
        .set("issuer", provider.issuer())
        .set("client-id", provider.clientId())
        .set("client-secret", provider.clientSecret())
        .set("external-url", server.base() + contextPath)
        .set("session-secrets", List.of(SECRET))
        .set("insecure-allow-http-issuer", true)
        .set("rules", List.of(Map.of("path", "/public/**", "access", "public")));
  }

  GatekeeperFilter filter() {
    return new GatekeeperFilter(settings("").build());
  }

  /** The container's request under ours. */
  static HttpServletRequest bare(HttpServletRequest request) {
    return (HttpServletRequest) ((HttpServletRequestWrapper) request).getRequest();
  }

  String url(String path) {
    return server.base() + path;
  }

  /** Goes to a page, signing in on the way if need be, and returns its text. */
  String text(String path) {
    return text(browser, path);
  }

  String text(TestBrowser with, String path) {
    Page page = with.openAndFollow(url(path));
    assertEquals(200, page.status(), page::toString);
    return page.body();
  }
}
