package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads YAML into a tree, and the line of each value into the problems. One document, no key twice,
 * no aliases, and no plain word or number that Dex's YAML would read in another way than ours.
 */
final class YamlTree {
  private static final int DEEPEST = 32;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String QUOTES = "'\"|>";
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  private static final Pattern TRUTH = Pattern.compile("(?i)y|n|yes|no|on|off");
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final YAMLParser parser;
  private final String text;
  private final Problems problems;

  private YamlTree(YAMLParser parser, String text, Problems problems) {
    this.parser = parser;
    this.text = text;
    this.problems = problems;
  }

  /**
   * Reads a text.
   *
   * @param text the YAML
   * @param root the name of the whole in a path
   * @param problems gets the mistakes, and the lines of what was read
   * @return the tree; missing where there is none
   */
  static JsonNode read(String text, String root, Problems problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      return new YamlTree(parser, text, problems).document(root);
    } catch (JsonProcessingException e) {
      // The parser's message quotes the line, which may hold a secret; its place is enough.
      problems.addAt(
          line(e.getLocation()),
          "not YAML (a quote, a bracket, a character or an indentation is wrong here or before)");
    } catch (IOException e) {
      problems.addAt(1, "not YAML");
    }
    return MissingNode.getInstance();
  }

  private JsonNode document(String root) throws IOException {
    if (parser.nextToken() == null) {
      return MissingNode.getInstance();
    }
    JsonNode tree = value(root);
    if (parser.nextToken() != null) {
      problems.addAt(line(), "a second document (expected: one)");
    }
    return tree;
  }

  private JsonNode value(String path) throws IOException {
    problems.locate(path, line());
    if (parser.isCurrentAlias()) {
      return refuse(path, "an alias (expected: the value itself)");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
      case VALUE_STRING -> text(path);
      default -> refuse(path, "binary (expected: text)");
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String below = path + "." + key;
      int line = line();
      parser.nextToken();
      JsonNode value = value(below);
      problems.locate(below, line);
      if (object.has(key)) {
        problems.add(below, "given twice (expected: once)");
      }
      object.set(key, value);
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(path + "[" + array.size() + "]"));
    }
    return array;
  }

  private JsonNode number(String path) throws IOException {
    if (!NUMBER.matcher(parser.getText()).matches()) {
      return refuse(path, "a number in a rare notation (expected: plain digits, or quotes)");
    }
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? NODES.numberNode(parser.getBigIntegerValue())
        : NODES.numberNode(parser.getDecimalValue());
  }

  private JsonNode text(String path) throws IOException {
    String value = parser.getText();
    if (value.isEmpty() && isPlain(value)) {
      return NODES.nullNode();
    }
    if (TRUTH.matcher(value).matches() && isPlain(value)) {
      return refuse(
          path, "a word that may mean a truth value (expected: true or false, or quotes)");
    }
    return NODES.textNode(value);
  }

  /** Whether a text stands there without quotes. */
  private boolean isPlain(String value) {
    long start = parser.currentTokenLocation().getCharOffset();
    String rest = text.substring(text.offsetByCodePoints(0, (int) start));
    return value.isEmpty()
        ? rest.isEmpty() || QUOTES.indexOf(rest.charAt(0)) < 0
        : rest.startsWith(value);
  }

  private JsonNode refuse(String path, String what) {
    problems.add(path, what);
    return MissingNode.getInstance();
  }

  private int line() {
    return line(parser.currentTokenLocation());
  }

  private static int line(JsonLocation location) {
    return location == null ? 1 : location.getLineNr();
  }
}
