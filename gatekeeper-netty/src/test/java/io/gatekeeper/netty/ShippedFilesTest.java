package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that we ship, as far as no gateway is needed to see it. */
class ShippedFilesTest {
  private static final Path GATEWAYS = Path.of("../examples/auth-check-server/deploy");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx/gatekeeper/guard.conf",
        "caddy/Caddyfile",
        "haproxy/haproxy.cfg",
        "traefik/gatekeeper.yaml",
        "envoy/envoy.yaml"
      })
  void everyIdentityHeaderIsNamed(String file) throws IOException {
    String text = Files.readString(GATEWAYS.resolve(file));

    for (String name : BehindGateway.LISTED) {
      boolean byScript = file.startsWith("haproxy") && name.equals("Cookie");
      assertTrue(byScript || text.contains(name), name);
    }
  }

  @Test
  void traefikAsksAboutEveryRouterAndBelievesNoClient() throws IOException {
    JsonNode http =
        new ObjectMapper(new YAMLFactory())
            .readTree(GATEWAYS.resolve("traefik/gatekeeper.yaml").toFile())
            .get("http");
    JsonNode auth = http.at("/middlewares/gatekeeper/forwardAuth");
    Set<String> listed = new TreeSet<>();
    auth.get("authResponseHeaders").forEach(name -> listed.add(name.asText()));

    assertEquals(new TreeSet<>(BehindGateway.LISTED), listed);
    assertEquals("http://127.0.0.1:4181/check", auth.get("address").asText());
    assertFalse(auth.get("trustForwardHeader").asBoolean(true));
    assertEquals(Set.of("address", "trustForwardHeader", "authResponseHeaders"), names(auth));
    assertEquals(Set.of("gatekeeper", "app"), names(http.get("routers")));
    for (JsonNode router : http.get("routers")) {
      assertEquals("gatekeeper", router.at("/middlewares/0").asText());
      assertTrue(http.at("/services/" + router.get("service").asText()).isObject());
    }
  }

  @Test
  void traefikTakesOutWhatHttp2NeedsToBeginBehindIt() throws IOException {
    JsonNode http =
        new ObjectMapper(new YAMLFactory())
            .readTree(GATEWAYS.resolve("traefik/gatekeeper.yaml").toFile())
            .get("http");

    assertEquals("no-h2c", http.at("/routers/app/middlewares/1").asText());
    assertEquals(
        "", http.at("/middlewares/no-h2c/headers/customRequestHeaders/HTTP2-Settings").asText("?"));
  }

  @Test
  void envoyAsksBeforeAnythingElseAndLetsNothingByWithoutAnAnswer() throws IOException {
    JsonNode manager = envoyManager();
    JsonNode first = manager.at("/http_filters/0");
    JsonNode check = first.get("typed_config");

    assertEquals("envoy.filters.http.ext_authz", first.get("name").asText());
    assertFalse(check.get("failure_mode_allow").asBoolean(true));
    assertEquals("Forbidden", check.at("/status_on_error/code").asText());
    assertEquals("http://127.0.0.1:4181", check.at("/http_service/server_uri/uri").asText());
    assertTrue(manager.get("normalize_path").asBoolean());
    assertTrue(manager.get("use_remote_address").asBoolean());
    assertEquals(
        "REJECT_REQUEST",
        manager.at("/common_http_protocol_options/headers_with_underscores_action").asText());
    assertEquals("[{\"upgrade_type\":\"websocket\"}]", manager.get("upgrade_configs").toString());
    for (JsonNode route : manager.at("/route_config/virtual_hosts/0/routes")) {
      assertEquals(Set.of("match", "route"), names(route), "nothing that opts out of the check");
    }
  }

  /** What else were listed there would replace headers of the application's request. */
  @Test
  void envoyReplacesTheIdentityHeadersAndCookieAlone() throws IOException {
    JsonNode service = envoyManager().at("/http_filters/0/typed_config/http_service");
    Set<String> listed = new TreeSet<>();
    service
        .at("/authorization_response/allowed_upstream_headers/patterns")
        .forEach(pattern -> listed.add(pattern.get("exact").asText()));

    assertEquals(new TreeSet<>(BehindGateway.LISTED), listed);
  }

  @Test
  void envoyShowsTheCheckEachSpellingOfAnIdentityHeader() throws IOException {
    JsonNode patterns = envoyManager().at("/http_filters/0/typed_config/allowed_headers/patterns");
    String spellings = patterns.get(patterns.size() - 1).at("/safe_regex/regex").asText();

    for (String name :
        List.of("x.auth.request.user", "x-auth_request-email", "x~auth+request-user")) {
      assertTrue(name.matches(spellings), name);
    }
    assertFalse("x-author".matches(spellings));
  }

  private static JsonNode envoyManager() throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readTree(GATEWAYS.resolve("envoy/envoy.yaml").toFile())
        .at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config");
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
