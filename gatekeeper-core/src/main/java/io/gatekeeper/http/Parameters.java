package io.gatekeeper.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query or of a form, read strictly. Immutable.
 *
 * <p>Specification: RFC 6749, appendix B ({@code application/x-www-form-urlencoded}) and section
 * 3.1 (a parameter without a value counts as omitted, none may come twice).
 */
public final class Parameters {
  /** The most parameters that are read. */
  public static final int LIMIT = 100;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads parameters.
   *
   * @param encoded the query without its {@code ?}, or the form's body
   * @return the parameters; empty for a bad escape, bad UTF-8, anything but visible ASCII, or more
   *     parameters than {@link #LIMIT}
   */
  public static Optional<Parameters> parse(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (int start = 0; start < encoded.length(); ) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      if (end > start && (++count > LIMIT || !add(values, encoded.substring(start, end)))) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(new Parameters(values));
  }

  private static boolean add(Map<String, List<String>> values, String pair) {
    if (!pair.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return false;
    }
    int equals = pair.indexOf('=');
    String name = Escapes.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
    String value = Escapes.decodeForm(equals < 0 ? "" : pair.substring(equals + 1));
    if (name == null || value == null) {
      return false;
    }
    values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
    return true;
  }

  /**
   * The value of a parameter that may come once.
   *
   * @param name its name; case counts
   * @return the value, decoded; empty when it is missing, comes twice, or is empty
   */
  public Optional<String> single(String name) {
    List<String> found = values.getOrDefault(name, List.of());
    return found.size() == 1 && !found.get(0).isEmpty()
        ? Optional.of(found.get(0))
        : Optional.empty();
  }

  /**
   * Whether a parameter comes more than once.
   *
   * @param name its name
   * @return true if it comes twice or more, with or without a value
   */
  public boolean repeated(String name) {
    return values.getOrDefault(name, List.of()).size() > 1;
  }

  /**
   * Whether a parameter is there.
   *
   * @param name its name
   * @return true if it comes at all, with or without a value
   */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * Encodes one name or value.
   *
   * @param component any text
   * @return the text as it stands in a query or in a form
   */
  public static String encode(String component) {
    return URLEncoder.encode(component, StandardCharsets.UTF_8);
  }

  /** The names alone: values may be codes and tokens. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
