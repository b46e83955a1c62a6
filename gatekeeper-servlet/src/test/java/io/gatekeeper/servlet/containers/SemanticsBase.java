package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.FakeProvider;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.DispatcherType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** What the parts of the semantics share: a provider, a browser, a container. */
abstract class SemanticsBase {
  static final String SESSION = "gatekeeper";

  final FakeProvider provider = FakeProvider.start();
  final TestBrowser browser = new TestBrowser();
  private Container container;

  /** Starts the container. */
  abstract Container start(int threads) throws Exception;

  @AfterEach
  void closeAll() {
    if (container != null) {
      container.close();
    }
    provider.close();
  }

  /** The container, started when first asked for. */
  final Container container() throws Exception {
    if (container == null) {
      containerWith(20);
    }
    return container;
  }

  /** Starts a container that works on a few requests at once. */
  final void containerWith(int threads) throws Exception {
    container = start(threads);
  }

  /** Where browsers find what stands under the root. */
  final String url(String path) throws Exception {
    return "http://localhost:" + container().port() + path;
  }

  /** The usual settings of an application under this context path. */
  final Map<String, Object> settings(String contextPath) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("issuer", provider.issuer());
    settings.put("client-id", provider.clientId());
    settings.put("client-secret", provider.clientSecret());
    settings.put("external-url", url(contextPath));
    settings.put("session-secrets", List.of("a session secret of the tests, 0123456789abcdef"));
    settings.put("insecure-allow-http-issuer", true);
    settings.put("scopes", List.of("openid", "profile", "email", "groups"));
    settings.put("rules", List.of(Map.of("path", "/public/**", "access", "public")));
    return settings;
  }

  /** A filter with these settings. */
  static GatekeeperFilter filter(Map<String, Object> settings) {
    GatekeeperConfig.Builder config = GatekeeperConfig.builder();
    settings.forEach(config::set);
    return new GatekeeperFilter(config.build());
  }

  /** An application whose first filter is ours, with the usual settings. */
  final Application guarded(String contextPath) throws Exception {
    return guarded(contextPath, DispatcherType.REQUEST);
  }

  /** The same with the filter mapped to these dispatches. */
  final Application guarded(String contextPath, DispatcherType... dispatches) throws Exception {
    return Application.at(contextPath).filter(filter(settings(contextPath)), dispatches);
  }

  /** Deploys, and waits until logins can begin. */
  final void deploy(Application application) throws Exception {
    container().deploy(application);
    Page page = new TestBrowser().open(url(application.contextPath() + "/warm")).followHere();
    assertTrue(page.redirects(), page::toString);
  }

  /** Signs a browser in on its way to a page, and gives that page. */
  final Page signIn(TestBrowser who, String path) throws Exception {
    Page page = who.openAndFollow(url(path));
    assertEquals(200, page.status(), page::toString);
    return page;
  }

  /** What a page says to a browser that goes there. */
  final String read(String path) throws Exception {
    return read(browser, path);
  }

  final String read(TestBrowser who, String path) throws Exception {
    Page page = who.open(url(path));
    assertEquals(200, page.status(), page::toString);
    return page.body();
  }

  static void assertStatus(int status, Page page) {
    assertEquals(status, page.status(), page::toString);
  }
}
