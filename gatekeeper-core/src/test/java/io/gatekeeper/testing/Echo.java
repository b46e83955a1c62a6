package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

/**
 * A request as the application behind received it.
 *
 * @param requestLine the request line
 * @param headers its header lines in their order
 */
public record Echo(String requestLine, List<Map.Entry<String, String>> headers) {
  public static Echo of(Page page) {
    assertEquals(200, page.status(), page::toString);
    List<String> lines = page.body().lines().toList();
    return new Echo(
        lines.get(0),
        lines.stream()
            .skip(1)
            .filter(line -> line.indexOf(':') > 0)
            .map(
                line ->
                    Map.entry(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()))
            .toList());
  }

  /** Whether the page is the application's own answer. */
  public static boolean isApplication(Page page) {
    return page.status() == 200 && page.body().lines().findFirst().orElse("").contains(" HTTP/1.1");
  }

  public List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The value of a header that must be there once; empty counts like absent. */
  public String value(String name) {
    List<String> values = values(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " reached the application " + values.size() + " times");
    }
    return values.isEmpty() ? "" : values.get(0);
  }
}
