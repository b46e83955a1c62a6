package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.apache.catalina.LifecycleState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a filter that a container makes finds its settings, and what it says of mistakes. */
class FilterSettingsTest extends FilterTestBase {
  @TempDir Path directory;

  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String resource;
  private String pattern = "/*";
  private String contextPath = "";

  /** A filter that remembers why it didn't start. */
  private static final class Watched implements Filter {
    private final Filter filter;
    private ServletException failure;

    Watched(Filter filter) {
      this.filter = filter;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
      try {
        filter.init(config);
      } catch (ServletException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
      filter.destroy();
    }
  }

  /** Starts the application; the problems, or nothing when it runs. */
  private List<String> start() {
    return start(new GatekeeperFilter(environment));
  }

  private List<String> start(GatekeeperFilter filter) {
    Watched watched = new Watched(filter);
    TomcatServer.App started =
        server.add(
            contextPath,
            app -> {
              write(app.docBase());
              app.filter("guard", watched, List.of(), pattern)
                  .servlet("/", Action.answer(request -> "hello " + request.getRemoteUser()));
              parameters.forEach(app.context().findFilterDef("guard")::addInitParameter);
            });
    boolean runs = started.context().getState() == LifecycleState.STARTED;
    assertEquals(runs, watched.failure == null);
    return runs ? List.of() : problems(watched.failure);
  }

  private static List<String> problems(ServletException failure) {
    List<String> lines = failure.getMessage().lines().toList();
    assertEquals("Gatekeeper can't start:", lines.get(0));
    return lines.subList(1, lines.size());
  }

  private void write(Path docBase) {
    if (resource != null) {
      file(docBase.resolve("WEB-INF/gatekeeper.yaml"), resource);
    }
  }

  private static Path file(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String yaml() {
    return """
        issuer: %s
        client-id: %s
        client-secret: %s
        external-url: %s
        session-secrets: ['%s']
        insecure-allow-http-issuer: true
        """
        .formatted(
            provider.issuer(),
            provider.clientId(),
            provider.clientSecret(),
            server.base() + contextPath,
            SECRET);
  }

  @Test
  void resourceOfTheApplicationIsEnough() {
    resource = yaml();

    assertEquals(List.of(), start());
    assertEquals("hello alice", text("/page"));
    assertEquals(404, browser.open(url("/WEB-INF/gatekeeper.yaml")).status());
  }

  @Test
  void parametersOutrankTheResourceAndTheEnvironmentBoth() {
    resource = yaml() + "cookie-name: one\nprefix: /one\n";
    parameters.put("cookie-name", "two");
    parameters.put("rules", "[{path: /public/**, access: public}]");
    environment.put("GATEKEEPER_COOKIE_NAME", "three");

    assertEquals(List.of(), start());
    assertEquals("hello null", browser.open(url("/public/x")).body());
    assertTrue(browser.open(url("/page")).location().startsWith(server.base() + "/one/login"));
    text("/page");
    assertNotNull(browser.cookie("three"));
  }

  @Test
  void parametersAloneAreEnough() {
    parameters.put("issuer", provider.issuer());
    parameters.put("client-id", provider.clientId());
    parameters.put("client-secret", provider.clientSecret());
    parameters.put("external-url", server.base());
    parameters.put("insecure-allow-http-issuer", "true");

    assertEquals(List.of(), start());
    assertEquals("hello alice", text("/page"));
  }

  @Test
  void environmentAloneIsEnough() {
    environment.put("GATEKEEPER_ISSUER", provider.issuer());
    environment.put("GATEKEEPER_CLIENT_ID", provider.clientId());
    environment.put("GATEKEEPER_CLIENT_SECRET", provider.clientSecret());
    environment.put("GATEKEEPER_EXTERNAL_URL", server.base());
    environment.put("GATEKEEPER_INSECURE_ALLOW_HTTP_ISSUER", "true");

    assertEquals(List.of(), start());
    assertEquals("hello alice", text("/page"));
  }

  @Test
  void parameterNamesAFile() {
    parameters.put("config", file(directory.resolve("d/gatekeeper.yaml"), yaml()).toString());
    resource = "nonsense: 1";

    assertEquals(List.of(), start());
    assertEquals("hello alice", text("/page"));
  }

  @Test
  void parameterNamesAResourceOfTheClassPath() {
    parameters.put("config", "classpath:filter-settings-test.yaml");
    parameters.put("issuer", provider.issuer());
    parameters.put("external-url", server.base());

    assertEquals(List.of(), start());
    assertTrue(
        browser.open(url("/page")).location().startsWith(server.base() + "/from-classpath/login"));
  }

  @Test
  void whatIsNamedAndIsNotThereIsAMistake() {
    Path missing = Path.of("no/such.yaml").toAbsolutePath();
    for (Map.Entry<String, String> named :
        Map.of(
                "/WEB-INF/other.yaml",
                "config: /WEB-INF/other.yaml (expected: a resource of the application)",
                "classpath:other.yaml",
                "config: classpath:other.yaml (expected: a resource of the application)",
                "no/such.yaml",
                missing + ": can't be read (expected: a YAML file)")
            .entrySet()) {
      parameters.put("config", named.getKey());
      contextPath = "/app" + named.getKey().length();
      assertEquals(List.of(named.getValue()), start());
    }
  }

  @Test
  void allMistakesAreToldAtOnce() {
    resource = yaml() + "session: {lifetime: 0s}\n";
    parameters.put("clientid", "x");
    environment.put("GATEKEEPER_ISUER", "x");
    pattern = "/app/*";
    contextPath = "/shop";

    List<String> problems = start();

    assertEquals(
        List.of(
            "filter guard: mapped to [/app/*] (expected: /*, so that no request gets around it; the"
                + " rules say which paths are public)",
            "clientid: unknown key (did you mean client-id?)",
            "GATEKEEPER_ISUER: unknown variable (did you mean GATEKEEPER_ISSUER?)",
            "session.lifetime: 0s (expected: more than zero)"),
        problems);
  }

  @Test
  void externalUrlAndContextPathMustAgree() {
    contextPath = "/shop";
    GatekeeperFilter filter = new GatekeeperFilter(settings("/store").build());

    assertEquals(
        List.of(
            "external-url: "
                + server.base()
                + "/store has the path /store, but the application's context path is /shop"
                + " (expected: the same; change external-url, or deploy the application under its"
                + " path; a proxy in front must not change paths)"),
        start(filter));
  }

  @Test
  void contextPathIsPartOfEveryAddress() {
    contextPath = "/shop";
    resource = yaml();

    assertEquals(List.of(), start());
    Page page = browser.openAndFollow(url("/shop/page"));
    assertEquals("/shop/page", page.target());
    assertEquals("hello alice", page.body());
  }

  @Test
  void unusableBundleOfCertificatesIsAMistakeAndNothingRuns() {
    Path bundle = file(directory.resolve("d/ca.pem"), "no certificate");
    Set<Thread> before = threads();
    GatekeeperFilter filter =
        new GatekeeperFilter(settings("").set("ca-bundle", bundle.toString()).build());

    List<String> problems = start(filter);

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith("ca-bundle: " + bundle), problems::toString);
    Set<Thread> begun = threads();
    begun.removeAll(before);
    assertEquals(Set.of(), begun);
  }

  /** Threads of filters that are closing may end meanwhile, so it is no use to count them. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(gatekeeper|HttpClient)-.*"))
        .collect(Collectors.toSet());
  }

  @Test
  void archiveNeedsNotBeUnpacked() throws IOException {
    contextPath = "/packed";
    Path war = directory.resolve("packed.war");
    try (OutputStream out = Files.newOutputStream(war);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("WEB-INF/gatekeeper.yaml"));
      jar.write(yaml().getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    server.add(
        contextPath,
        app -> {
          app.context.setDocBase(war.toString());
          app.context.setUnpackWAR(false);
          app.filter(new GatekeeperFilter(environment))
              .servlet("/", Action.answer(request -> request.getServletContext().getRealPath("/")));
        });

    assertEquals("null", text("/packed/page"), "the control: it is not unpacked");
  }

  @Test
  void filterThatWasNotStartedLetsNothingBy() {
    GatekeeperFilter filter = new GatekeeperFilter(settings("").build());

    ServletException failure =
        assertThrows(
            ServletException.class,
            () ->
                filter.doFilter(
                    null,
                    null,
                    (request, response) -> {
                      throw new AssertionError();
                    }));

    assertFalse(failure.getMessage().isEmpty());
  }
}
