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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that we ship, as far as no gateway is needed to see it. */
class ShippedFilesTest {
  private static final Path GATEWAYS = Path.of("../examples/auth-check-server/gateways");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx/gatekeeper/guard.conf",
        "caddy/Caddyfile",
        "haproxy/haproxy.cfg",
        "traefik/gatekeeper.yaml"
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

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
