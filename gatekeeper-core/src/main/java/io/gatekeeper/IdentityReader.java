package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatekeeper.GatekeeperConfig.IdentityClaims;
import io.gatekeeper.GatekeeperConfig.IdentityHeader;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which claims make an identity, and which headers carry it to the application. */
final class IdentityReader {
  /** Header sets by name; the first is the default. */
  static final Map<String, Map<String, IdentityHeader>> PRESETS = presets();

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])+)+");
  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "connection",
          "cookie",
          "expect",
          "host",
          "keep-alive",
          "location",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private IdentityReader() {}

  static IdentityClaims claims(SettingsReader settings) {
    return new IdentityClaims(
        claim(settings, Setting.IDENTITY_USER).orElse("sub"),
        claim(settings, Setting.IDENTITY_GROUPS).orElse("groups"),
        claim(settings, Setting.IDENTITY_ROLES));
  }

  private static Optional<String> claim(SettingsReader settings, Setting setting) {
    return settings.text(
        setting,
        text -> !text.startsWith("/") || POINTER.matcher(text).matches(),
        "a claim's name, or a JSON pointer such as /realm_access/roles");
  }

  static Map<String, IdentityHeader> headers(SettingsReader settings) {
    JsonNode node = settings.node(Setting.IDENTITY_HEADERS).orElse(null);
    if (node == null) {
      return PRESETS.values().iterator().next();
    }
    if (node.isObject()) {
      return custom(settings.nodes(), node);
    }
    Map<String, IdentityHeader> preset = PRESETS.get(node.asText());
    if (preset == null) {
      settings.problem(
          Setting.IDENTITY_HEADERS,
          "one of " + String.join(", ", PRESETS.keySet()) + ", or a map of header to source");
      return Map.of();
    }
    return preset;
  }

  private static Map<String, IdentityHeader> custom(NodeReader nodes, JsonNode map) {
    Map<String, IdentityHeader> headers = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String name = entry.getKey();
      String key = Setting.IDENTITY_HEADERS.key();
      if (!isUsable(name)) {
        nodes.problem(key, name, "a header name that HTTP itself doesn't use");
      } else if (!seen.add(alias(name))) {
        nodes.problem(key, name, "names that differ in more than case and - _ .");
      }
      nodes
          .choice(key + "." + name, entry.getValue(), List.of(IdentityHeader.values()))
          .ifPresent(source -> headers.put(name, source));
    }
    return Collections.unmodifiableMap(headers);
  }

  private static boolean isUsable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TOKEN.matcher(name).matches()
        && !RESERVED.contains(lower)
        && !lower.startsWith("content-");
  }

  /** What an application may take for the same header. */
  private static String alias(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  private static Map<String, Map<String, IdentityHeader>> presets() {
    Map<String, IdentityHeader> standard = new LinkedHashMap<>();
    standard.put("X-Auth-Request-User", IdentityHeader.USER);
    standard.put("X-Auth-Request-Email", IdentityHeader.EMAIL);
    standard.put("X-Auth-Request-Groups", IdentityHeader.GROUPS);
    standard.put("X-Auth-Request-Preferred-Username", IdentityHeader.PREFERRED_USERNAME);
    Map<String, IdentityHeader> kubeflow = new LinkedHashMap<>();
    kubeflow.put("kubeflow-userid", IdentityHeader.EMAIL);
    kubeflow.put("kubeflow-groups", IdentityHeader.GROUPS);
    Map<String, Map<String, IdentityHeader>> presets = new LinkedHashMap<>();
    presets.put("x-auth-request", Collections.unmodifiableMap(standard));
    presets.put("kubeflow", Collections.unmodifiableMap(kubeflow));
    return Collections.unmodifiableMap(presets);
  }
}
