package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.PropertyMatches;

/**
 * Holds a tree against a record. Its components are the keys that are known; one that is neither
 * nullable nor a truth value has to be there.
 */
final class Shape {
  private final Problems problems;

  Shape(Problems problems) {
    this.problems = problems;
  }

  /** Adds a problem for each key that is unknown, missing or of the wrong kind. */
  void check(String path, JsonNode node, Class<?> shape) {
    if (!node.isObject()) {
      kind(path, node, "keys and values");
      return;
    }
    List<RecordComponent> known = List.of(shape.getRecordComponents());
    List<String> names = known.stream().map(RecordComponent::getName).toList();
    Set<String> misspelt = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!names.contains(entry.getKey())) {
        misspelt.addAll(unknown(path, entry.getKey(), entry.getValue(), shape, names));
      }
    }
    for (RecordComponent component : known) {
      JsonNode value = node.path(component.getName());
      if (!misspelt.contains(component.getName()) || !value.isMissingNode()) {
        component(path + "." + component.getName(), value, component);
      }
    }
  }

  private void component(String path, JsonNode value, RecordComponent component) {
    boolean optional =
        component.getType() == boolean.class
            || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (!value.isMissingNode() && !value.isNull()) {
      value(path, value, component.getGenericType());
      if (!optional && value.isTextual() && value.textValue().isBlank()) {
        problems.add(path, "empty (expected: text)");
      }
    } else if (!optional) {
      problems.add(path, "missing (expected: " + expected(component.getType()) + ")");
    }
  }

  private void value(String path, JsonNode value, Type type) {
    if (type instanceof ParameterizedType list) {
      list(path, value, list.getActualTypeArguments()[0]);
    } else if (type instanceof Class<?> shape && shape.isRecord()) {
      check(path, value, shape);
    } else if (type instanceof Class<?> choice && choice.isEnum() && value.isTextual()) {
      choice(path, value.textValue(), choice);
    } else if (type instanceof Class<?> scalar && !fits(value, scalar)) {
      kind(path, value, expected(scalar));
    }
  }

  private void list(String path, JsonNode value, Type element) {
    if (!value.isArray()) {
      kind(path, value, "a list");
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      value(path + "[" + i + "]", value.get(i), element);
    }
  }

  private static boolean fits(JsonNode value, Class<?> type) {
    if (type == boolean.class) {
      return value.isBoolean();
    }
    if (type == ObjectNode.class) {
      return value.isObject();
    }
    return value.isTextual()
        && !type.isEnum()
        && (type != LdapConfig.Base64Text.class || isBase64(value.textValue()));
  }

  /** Empty is Dex's default. */
  private void choice(String path, String name, Class<?> type) {
    boolean known =
        Arrays.stream(type.getEnumConstants()).map(Object::toString).anyMatch(name::equals);
    if (!known && !name.isEmpty()) {
      problems.add(path, Problems.printable(name) + " (expected: " + expected(type) + ")");
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String expected(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(" or "));
    }
    if (type == LdapConfig.Base64Text.class) {
      return "text in Base64";
    }
    return type == String.class ? "text" : "keys and values";
  }

  private void kind(String path, JsonNode value, String expected) {
    String kind =
        switch (value.getNodeType()) {
          case NUMBER -> "a number";
          case BOOLEAN -> "a truth value";
          case STRING -> "text";
          case ARRAY -> "a list";
          case OBJECT -> "keys and values";
          default -> "nothing";
        };
    String quotes = expected.equals("text") && value.isValueNode() ? "; put it in quotes" : "";
    problems.add(path, kind + " (expected: " + expected + quotes + ")");
  }

  /** Says so, and returns the keys that it could have been. */
  private List<String> unknown(
      String path, String key, JsonNode value, Class<?> shape, List<String> names) {
    if (value.isNull()) {
      // {bindPW: open,sesame} makes a key of the rest of a secret.
      problems.add(
          path, "an unknown key without a value, not shown (expected: quotes around a comma)");
      return List.of();
    }
    List<String> near = List.of(PropertyMatches.forField(key, shape).getPossibleMatches());
    String expected =
        near.isEmpty() ? "one of " + String.join(", ", names) : String.join(" or ", near);
    problems.add(path + "." + key, "an unknown key (expected: " + expected + ")");
    return near;
  }
}
