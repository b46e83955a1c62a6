package io.gatekeeper.examples.kubeflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page with places, {@code ${name}}, for values. Immutable. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z-]+)}");

  private final String text;
  private final Map<String, String> values;

  private Template(String text, Map<String, String> values) {
    this.text = text;
    this.values = values;
  }

  /** The template in a file beside this class. */
  static Template of(String file) {
    return new Template(text(file), Map.of());
  }

  /** A file beside this class. */
  static String text(String file) {
    try (InputStream stream = Template.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(stream, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This one with a text in a place; it is escaped. */
  Template with(String place, String value) {
    return withHtml(place, escape(value));
  }

  /** This one with HTML in a place. */
  Template withHtml(String place, String html) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(place, html);
    return new Template(text, more);
  }

  /** The whole page, empty where nothing was put. */
  String html() {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(Objects.requireNonNullElse(value(place.group(1)), "")));
  }

  private @Nullable String value(String place) {
    return values.get(place);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
