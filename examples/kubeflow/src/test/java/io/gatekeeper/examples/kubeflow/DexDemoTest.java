package io.gatekeeper.examples.kubeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatekeeper.examples.kubeflow.dex.FakeDex;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class DexDemoTest {
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]*)\"");

  private final HttpClient browser =
      HttpClient.newBuilder()
          // No upgrade, which only programs ask for.
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new LoopbackCookies())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** All cookies to all pages; as browsers do, secure ones to loopback too. */
  private static final class LoopbackCookies extends CookieHandler {
    private final Map<String, String> jar = new ConcurrentHashMap<>();

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      return Map.of("Cookie", List.of(String.join("; ", jar.values())));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      for (String cookie : headers.getOrDefault("set-cookie", List.of())) {
        String pair = cookie.split(";")[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
          jar.remove(name);
        } else {
          jar.put(name, pair);
        }
      }
    }
  }

  private static Settings settings(Path dex) {
    return TestSettings.of(
        Map.of(
            "port", "0",
            "dex", dex.toString(),
            "static-username", "admin",
            "static-password", "open sesame"));
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "text/html").build();
    return browser.send(request, BodyHandlers.ofString());
  }

  @Test
  void aDexIsBehindTheGatewayAndEndsWithTheDemo(@TempDir Path directory) throws Exception {
    Path log;
    try (Demo demo = Demo.start(settings(FakeDex.executable(directory)))) {
      log = demo.dexLog().orElseThrow();
      HttpResponse<String> discovery =
          get(URI.create(demo.address() + "/dex/.well-known/openid-configuration"));

      assertEquals(200, discovery.statusCode());
      assertTrue(
          discovery.body().startsWith(demo.address() + "/dex "),
          "the issuer is as it is seen through the gateway: " + discovery.body());
      assertTrue(Files.exists(log));
    }
    assertFalse(Files.exists(log));
  }

  @Test
  void aDexThatDoesNotStartLeavesNothing(@TempDir Path directory) throws Exception {
    Path dex = FakeDex.script(directory, "echo no; exit 1");

    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> Demo.start(settings(dex)));

    assertEquals("dex: " + dex + " ended at once, with status 1: no", exception.getMessage());
  }

  /** That of {@code -Ddex=PATH}, or else what examples/kubeflow/interop/install built. */
  private static Path realDex() {
    String cache =
        Objects.requireNonNullElse(
            System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home") + "/.cache");
    String chosen = System.getProperty("dex", "");
    return chosen.isBlank() ? Path.of(cache, "gatekeeper/dex/dex") : Path.of(chosen);
  }

  /** Without one it is skipped, but where CI says so, it fails. */
  @Test
  void theStaticUserOfARealDexSignsInUnderAnyName() throws Exception {
    Path dex = realDex();
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(
          Files.exists(dex), "no real Dex: -Ddex=PATH, or examples/kubeflow/interop/install");
    }
    try (Demo demo = Demo.start(settings(dex))) {
      HttpResponse<String> form = get(URI.create(demo.address() + "/pipelines/7?tab=runs"));
      Matcher action = FORM.matcher(form.body());
      String target = action.find() ? action.group(1).replace("&amp;", "&") : "";
      HttpRequest login =
          HttpRequest.newBuilder(form.uri().resolve(target))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  BodyPublishers.ofString(
                      "login=admin&password="
                          + URLEncoder.encode("open sesame", StandardCharsets.UTF_8)))
              .build();

      HttpResponse<String> page = browser.send(login, BodyHandlers.ofString());

      assertEquals(URI.create(demo.address() + "/pipelines/7?tab=runs"), page.uri());
      assertTrue(
          page.body().contains("<th scope=\"row\">kubeflow-userid</th><td>admin</td>"),
          page.body());
    }
  }
}
