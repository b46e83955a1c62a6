package io.gatekeeper.examples.authcheck;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files under {@code deploy}. */
final class DeployFiles {
  static final Path DEPLOY = Path.of("deploy");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

  private DeployFiles() {}

  static List<Path> yaml() throws IOException {
    try (Stream<Path> walk = Files.walk(DEPLOY)) {
      return walk.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** Settings of ours; Traefik's own file of that name has other keys. */
  static List<Path> settings() throws IOException {
    List<Path> settings = new ArrayList<>();
    for (Path file : yaml()) {
      if (file.endsWith("gatekeeper.yaml") && !file.toString().contains("traefik")) {
        settings.add(file);
      }
    }
    return settings;
  }

  /** A file's documents, without what is a comment alone. */
  static List<JsonNode> documents(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static List<JsonNode> parse(String text) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      return YAML.readValues(parser, JsonNode.class).readAll().stream()
          .filter(document -> !document.isNull() && !document.isMissingNode())
          .toList();
    }
  }

  static JsonNode document(String file) throws IOException {
    return documents(DEPLOY.resolve(file)).get(0);
  }
}
