package io.gatekeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.access.PathPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the rules, and writes one as the tree has it. */
final class RulesReader {
  /** The keys of a rule, and what they say. */
  static final Map<String, String> KEYS = keys();

  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*");

  private final NodeReader nodes;

  private RulesReader(NodeReader nodes) {
    this.nodes = nodes;
  }

  static List<Rule> read(SettingsReader settings) {
    JsonNode list = settings.node(Setting.RULES).orElse(null);
    if (list == null) {
      return List.of();
    }
    if (!list.isArray()) {
      settings.problem(Setting.RULES, "a list of rules such as {path: /public/**, access: public}");
      return List.of();
    }
    RulesReader reader = new RulesReader(settings.nodes());
    List<Rule> rules = new ArrayList<>();
    Iterator<JsonNode> elements = list.elements();
    for (int i = 0; elements.hasNext(); i++) {
      rules.add(reader.rule(NodeReader.at(Setting.RULES.key(), i), elements.next()));
    }
    return List.copyOf(rules);
  }

  /** A rule as the tree has it. */
  static ObjectNode node(Rule rule) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "path", rule.paths());
    put(node, "host", rule.hosts());
    put(node, "methods", rule.methods());
    node.put("access", NodeReader.word(rule.access()));
    put(node, "groups", rule.groups());
    put(node, "roles", rule.roles());
    put(node, "users", rule.users());
    node.put("challenge", NodeReader.word(rule.challenge()));
    return node;
  }

  private static void put(ObjectNode node, String key, Collection<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = node.putArray(key);
      texts.forEach(list::add);
    }
  }

  private Rule rule(String where, JsonNode node) {
    if (!node.isObject()) {
      nodes.problem(where, node, "a map such as {path: /public/**, access: public}");
    }
    refuseUnknownKeys(where, node);
    Rule rule =
        new Rule(
            paths(where, node),
            hosts(where, node),
            methods(where, node),
            choice(where, node, "access", Rule.Access.SESSION, List.of(Rule.Access.values())),
            Set.copyOf(texts(where, node, "groups")),
            Set.copyOf(texts(where, node, "roles")),
            Set.copyOf(texts(where, node, "users")),
            choice(
                where, node, "challenge", Rule.Challenge.AUTO, List.of(Rule.Challenge.values())));
    boolean narrowed = node.has("groups") || node.has("roles") || node.has("users");
    if (narrowed && rule.access() != Rule.Access.SESSION) {
      nodes.problem(
          where + ".access",
          NodeReader.word(rule.access()),
          "session, where groups, roles or users are named");
    }
    return rule;
  }

  private void refuseUnknownKeys(String where, JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.containsKey(key)) {
                nodes.line(
                    where
                        + "."
                        + Problems.printable(key)
                        + ": unknown key"
                        + SettingsTree.suggestion(Nearest.to(key, KEYS.keySet())));
              }
            });
  }

  private List<String> paths(String where, JsonNode node) {
    if (!node.has("path") && node.isObject()) {
      nodes.problem(where + ".path", "missing", "a path pattern such as /public/**");
    }
    List<String> paths = texts(where, node, "path");
    for (String path : paths) {
      PathPattern.problem(path)
          .ifPresent(expected -> nodes.problem(where + ".path", path, expected));
    }
    return paths;
  }

  private Set<String> hosts(String where, JsonNode node) {
    List<String> hosts = texts(where, node, "host");
    for (String host : hosts) {
      if (!Urls.isHost(host)) {
        nodes.problem(where + ".host", host, "a host without scheme and port");
      }
    }
    return hosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<String> methods(String where, JsonNode node) {
    List<String> methods = texts(where, node, "methods");
    for (String method : methods) {
      if (!METHOD.matcher(method).matches()) {
        nodes.problem(where + ".methods", method, "methods in capitals, such as GET");
      }
    }
    return Set.copyOf(methods);
  }

  private List<String> texts(String where, JsonNode node, String key) {
    return node.has(key) ? nodes.texts(where + "." + key, node.path(key)) : List.of();
  }

  private <E extends Enum<E>> E choice(
      String where, JsonNode node, String key, E fallback, List<E> choices) {
    return node.has(key)
        ? nodes.choice(where + "." + key, node.path(key), choices).orElse(fallback)
        : fallback;
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put(
        "path",
        "A path pattern, or a list of them. `/admin` is that page, `/admin/*` stands for one segment"
            + " more, `/admin/**` for `/admin` and all below. Case counts. Required.");
    keys.put("host", "A host, or a list of them, without a port. All hosts, where it is left out.");
    keys.put(
        "methods",
        "A list of methods; GET implies HEAD. What the path matches and the methods don't is denied"
            + " unless a later rule names that path.");
    keys.put(
        "access",
        "`public`: everybody. `session` (the default): who is signed in. `deny`: nobody.");
    keys.put(
        "groups",
        "With `session`: the user is in one of these groups, has one of the `roles`, or is one of"
            + " the `users`.");
    keys.put("roles", "See `groups`.");
    keys.put("users", "See `groups`.");
    keys.put(
        "challenge",
        "`auto` (the default): without a session a page view is sent to the provider, a program gets"
            + " 401. `unauthorized`: always 401, for the paths of an API.");
    return Collections.unmodifiableMap(keys);
  }
}
