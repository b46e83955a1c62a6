package io.gatekeeper.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What Emissary makes of the files that we ship for it: the AuthService becomes Envoy's filter, the
 * Mappings its routes, and the Module's line an option of its connections.
 */
final class Emissary {
  private static final Path FILES = Path.of("../../auth-check-server/deploy/emissary");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final String UNDERSCORES = "headers_with_underscores_action";

  /** The services of our files, and what they are called in our Envoy's file. */
  private static final Map<String, String> CLUSTERS =
      Map.of(
          "oidc-gatekeeper.auth:4181", "gatekeeper-checks",
          "oidc-gatekeeper.auth:4180", "gatekeeper-endpoints",
          "dex.auth:5556", "dex",
          "app.default:8000", "app");

  private static final List<String> ALWAYS_ASKED_WITH =
      List.of(
          "authorization",
          "cookie",
          "from",
          "proxy-authorization",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto");

  private static final List<String> ALWAYS_ANSWERED_WITH =
      List.of("authorization", "location", "proxy-authenticate", "set-cookie", "www-authenticate");

  private Emissary() {}

  /**
   * Our Envoy's file as Emissary would have it.
   *
   * @param envoy the file, with its addresses
   */
  static String configured(String envoy) {
    try {
      JsonNode file = YAML.readTree(envoy);
      JsonNode manager =
          file.at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config");
      connections((ObjectNode) manager);
      ((ArrayNode) manager.get("http_filters"))
          .set(0, filter(documents("auth-service.yaml").get(0).get("spec")));
      ((ObjectNode) manager.at("/route_config/virtual_hosts/0"))
          .set("routes", routes(file.at("/static_resources/clusters").findValuesAsText("name")));
      return YAML.writeValueAsString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only what the Module says, and what Emissary has by default. */
  private static void connections(ObjectNode manager) throws IOException {
    manager
        .retain("@type", "stat_prefix", "http_filters", "route_config")
        .put("use_remote_address", true)
        .put("normalize_path", true)
        .putObject("common_http_protocol_options")
        .set(
            UNDERSCORES,
            documents("module.yaml").get(0).required("spec").get("config").get(UNDERSCORES));
  }

  private static ObjectNode filter(JsonNode spec) {
    ObjectNode filter = object().put("name", "envoy.filters.http.ext_authz");
    ObjectNode config =
        filter
            .putObject("typed_config")
            .put("@type", "type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz")
            .put("clear_route_cache", true);
    for (String name : List.of("failure_mode_allow", "status_on_error")) {
      config.set(name, spec.path(name));
    }
    ObjectNode service = config.putObject("http_service");
    service
        .putObject("server_uri")
        .put("uri", "http://")
        .put("cluster", cluster(spec.get("auth_service")))
        .put("timeout", seconds(spec.path("timeout_ms").asInt(5_000)));
    service.put("path_prefix", spec.path("path_prefix").asText(""));
    service
        .putObject("authorization_request")
        .set("allowed_headers", names(ALWAYS_ASKED_WITH, spec.path("allowed_request_headers")));
    ObjectNode names = names(ALWAYS_ANSWERED_WITH, spec.path("allowed_authorization_headers"));
    service
        .putObject("authorization_response")
        .<ObjectNode>set("allowed_upstream_headers", names)
        .set("allowed_client_headers", names);
    return filter;
  }

  private static ObjectNode names(List<String> always, JsonNode ours) {
    TreeSet<String> names = new TreeSet<>(always);
    ours.forEach(name -> names.add(name.asText()));
    ObjectNode list = object();
    ArrayNode patterns = list.putArray("patterns");
    names.forEach(name -> patterns.addObject().put("exact", name).put("ignore_case", true));
    return list;
  }

  /** The longest prefix first. A Mapping to a service that doesn't run is left out. */
  private static ArrayNode routes(List<String> running) throws IOException {
    List<JsonNode> mappings = new ArrayList<>(documents("mappings.yaml"));
    mappings.addAll(documents("dex.yaml"));
    ArrayNode routes = JsonNodeFactory.instance.arrayNode();
    mappings.stream()
        .map(mapping -> mapping.get("spec"))
        .filter(mapping -> running.contains(cluster(mapping.get("service"))))
        .sorted(Comparator.comparing(mapping -> -mapping.get("prefix").asText().length()))
        .forEach(mapping -> routes.add(route(mapping)));
    return routes;
  }

  private static ObjectNode route(JsonNode mapping) {
    ObjectNode route = object();
    route.putObject("match").set("prefix", mapping.get("prefix"));
    ObjectNode action =
        route
            .putObject("route")
            .put("cluster", cluster(mapping.get("service")))
            .put("timeout", seconds(mapping.path("timeout_ms").asInt(3_000)));
    String rewrite = mapping.path("rewrite").asText("/");
    if (!rewrite.isEmpty()) {
      action.put("prefix_rewrite", rewrite);
    }
    ArrayNode upgrades = action.putArray("upgrade_configs");
    mapping.path("allow_upgrade").forEach(type -> upgrades.addObject().set("upgrade_type", type));
    return route;
  }

  private static String cluster(JsonNode service) {
    String cluster = CLUSTERS.get(service.asText());
    if (cluster == null) {
      throw new AssertionError("nothing here is " + service);
    }
    return cluster;
  }

  private static String seconds(int millis) {
    return "%d.%03ds".formatted(millis / 1_000, millis % 1_000);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static List<JsonNode> documents(String name) throws IOException {
    return YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(Files.readString(FILES.resolve(name)))
        .readAll();
  }
}
