package io.gatekeeper.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mockwebserver3.RecordedRequest;

/**
 * A request that the {@link FakeProvider} was asked.
 *
 * @param method the method
 * @param target path and query, as they came
 * @param headers the values of each header, by its lower-case name
 * @param parameters the values of each parameter: the query's, or a form's
 */
public record ProviderRequest(
    String method,
    String target,
    Map<String, List<String>> headers,
    Map<String, List<String>> parameters) {

  static ProviderRequest of(RecordedRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .getHeaders()
        .forEach(
            header ->
                headers
                    .computeIfAbsent(
                        header.getFirst().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getSecond()));
    String target = request.getTarget();
    Map<String, List<String>> parameters =
        request.getMethod().equals("POST") && request.getBody() != null
            ? parse(request.getBody().utf8())
            : parse(target.contains("?") ? target.substring(target.indexOf('?') + 1) : "");
    return new ProviderRequest(request.getMethod(), target, headers, parameters);
  }

  /**
   * Reads {@code application/x-www-form-urlencoded} text: a query or a form.
   *
   * @param text the text, without a question mark
   * @return the values of each name, in their order
   */
  public static Map<String, List<String>> parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        values
            .computeIfAbsent(decode(name), key -> new ArrayList<>())
            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /**
   * The one value of a parameter.
   *
   * @param name its name
   * @return the value, or null when it is not there
   * @throws AssertionError when it is there more than once: RFC 6749, section 3.1, forbids that
   */
  public String parameter(String name) {
    return single(name, parameters.get(name));
  }

  /**
   * The one value of a header.
   *
   * @param name its name; case does not count
   * @return the value, or null when it is not there
   * @throws AssertionError when it is there more than once
   */
  public String header(String name) {
    return single(name, headers.get(name.toLowerCase(Locale.ROOT)));
  }

  String path() {
    return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
  }

  private static String single(String name, List<String> values) {
    if (values == null) {
      return null;
    }
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times");
    }
    return values.get(0);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
