package io.gatekeeper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads YAML, keeping every scalar as the text that was typed: a secret of digits stays what it is,
 * and {@code no} is a word. One document, no key twice, no aliases.
 */
final class YamlText {
  private static final int DEEPEST = 32;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final YAMLParser parser;
  private final String source;
  private final Problems problems;

  private YamlText(YAMLParser parser, String source, Problems problems) {
    this.parser = parser;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Reads one document.
   *
   * @param source what a problem names: the file, or the variable
   * @return the tree; null for an empty document; empty when it is no YAML, which is then a problem
   */
  static Optional<JsonNode> parse(String text, String source, Problems problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      return Optional.of(new YamlText(parser, source, problems).document());
    } catch (JsonProcessingException e) {
      // The parser's message quotes the line, which may hold a secret; its place is enough.
      problems.add(
          place(source, e.getLocation())
              + ": not YAML (a quote, a bracket, a character"
              + " or an indentation is wrong here or just before)");
      return Optional.empty();
    } catch (IOException e) {
      problems.add(source + ": not YAML");
      return Optional.empty();
    }
  }

  private JsonNode document() throws IOException {
    JsonNode tree = parser.nextToken() == null ? NODES.nullNode() : value();
    if (parser.nextToken() != null) {
      problems.add(here() + ": a second document (expected: one)");
    }
    return tree;
  }

  private JsonNode value() throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(here() + ": an alias (expected: the value itself)");
      return NODES.nullNode();
    }
    checkDepth();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> map();
      case START_ARRAY -> list();
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_EMBEDDED_OBJECT -> binary();
      default -> NODES.textNode(parser.getText());
    };
  }

  /** Jackson before 2.18 does not hold its limit in YAML. */
  private void checkDepth() throws StreamConstraintsException {
    if (parser.getParsingContext().getNestingDepth() > DEEPEST) {
      throw new StreamConstraintsException("too deep", parser.currentTokenLocation());
    }
  }

  private JsonNode binary() {
    problems.add(here() + ": binary (expected: text)");
    return NODES.nullNode();
  }

  private ObjectNode map() throws IOException {
    ObjectNode map = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String here = here();
      parser.nextToken();
      JsonNode value = value();
      if (map.has(key)) {
        problems.add(here + ": " + Problems.printable(key) + " is given twice");
      }
      map.set(key, value);
    }
    return map;
  }

  private ArrayNode list() throws IOException {
    ArrayNode list = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private String here() {
    return place(source, parser.currentTokenLocation());
  }

  private static String place(String source, JsonLocation location) {
    return location == null
        ? source
        : source + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
