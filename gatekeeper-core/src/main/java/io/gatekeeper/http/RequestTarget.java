package io.gatekeeper.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request target in origin-form, taken apart (RFC 9112, section 3.2.1).
 *
 * @param path what stands before the first {@code ?}, raw
 * @param query what stands after it, raw; empty for a lone {@code ?}, null where there is none
 */
public record RequestTarget(String path, @Nullable String query) {
  /**
   * Takes a target apart.
   *
   * @param target the target as it came
   * @return its parts, unchecked
   */
  public static RequestTarget of(String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RequestTarget(target, null)
        : new RequestTarget(target.substring(0, mark), target.substring(mark + 1));
  }

  /**
   * A parameter of the query.
   *
   * @param name its name
   * @return its value; empty where it isn't there once, or the query can't be read
   */
  public Optional<String> parameter(String name) {
    return Parameters.parse(query == null ? "" : query)
        .flatMap(parameters -> parameters.single(name));
  }

  /** The path alone: a query may hold a code. */
  @Override
  public String toString() {
    return path;
  }
}
