package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a list of connectors in Dex's schema. Strict, so that a mistake shows here, not there. */
public final class Connectors {
  private static final String ROOT = "connectors";

  /** Dex gives this one to its static users. */
  private static final String LOCAL = "local";

  private static final List<String> TYPES =
      List.of(
          "ldap",
          "github",
          "saml",
          "gitlab",
          "oidc",
          "oauth",
          "google",
          "linkedin",
          "microsoft",
          "authproxy",
          "bitbucket-cloud",
          "openshift",
          "atlassian-crowd",
          "gitea",
          "keystone",
          "mockCallback",
          "mockPassword");

  /** How a YAML text begins that is no path. */
  private static final Pattern YAML = Pattern.compile("[\\[{]|- |.*(\\R|: )");

  private record Entry(String id, String name, String type, @Nullable ObjectNode config) {}

  private final Problems problems;
  private final Shape shape;
  private final Set<String> ids = new HashSet<>();

  private Connectors(Problems problems) {
    this.problems = problems;
    this.shape = new Shape(problems);
  }

  /**
   * Reads the setting.
   *
   * @param setting the path of a YAML file; or the YAML itself, which begins with a bracket or a
   *     dash, or has several lines
   * @return the connectors, in their order
   * @throws IllegalArgumentException with a line for each mistake: file, line, key and what was
   *     expected; no value of a {@code config} is in it
   */
  public static List<Connector> read(String setting) {
    String text = setting.strip();
    if (YAML.matcher(text).lookingAt()) {
      return parse(text, ROOT);
    }
    try {
      return parse(Files.readString(Path.of(text)), text);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          ROOT
              + ": "
              + Problems.printable(text)
              + " can't be read (expected: a YAML file in UTF-8, or a YAML list)");
    }
  }

  private static List<Connector> parse(String text, String source) {
    Problems problems = new Problems(source);
    JsonNode list = YamlTree.read(text, ROOT, problems);
    problems.raise();
    List<Connector> connectors = new Connectors(problems).list(list);
    problems.raise();
    return connectors;
  }

  private List<Connector> list(JsonNode list) {
    List<Connector> connectors = new ArrayList<>();
    if (!list.isArray()) {
      problems.add(ROOT, "no list (expected: a list of connectors, each beginning with \"- \")");
      return connectors;
    }
    for (int i = 0; i < list.size(); i++) {
      connectors.add(connector(ROOT + "[" + i + "]", list.get(i)));
    }
    return connectors;
  }

  private Connector connector(String path, JsonNode node) {
    shape.check(path, node, Entry.class);
    String id = node.path("id").asText();
    String type = node.path("type").asText();
    if (id.equals(LOCAL)) {
      problems.add(path + ".id", "local (expected: another; Dex gives this to static users)");
    } else if (node.path("id").isTextual() && !ids.add(id)) {
      problems.add(path + ".id", Problems.printable(id) + " (expected: an id of its own)");
    }
    if (node.path("type").isTextual() && !type.isBlank() && !TYPES.contains(type)) {
      problems.add(
          path + ".type",
          Problems.printable(type) + " (expected: one of " + String.join(", ", TYPES) + ")");
    }
    if (type.equals("ldap")) {
      new LdapRules(problems).check(path + ".config", node.path("config"));
    }
    return new Connector(id, node.path("name").asText(), type, config(node.path("config")));
  }

  private static ObjectNode config(JsonNode config) {
    return config instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }
}
