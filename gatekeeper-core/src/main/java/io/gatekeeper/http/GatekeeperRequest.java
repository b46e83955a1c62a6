package io.gatekeeper.http;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as an adapter shows it: read-only, and as the client sent it. An adapter decodes and
 * normalises nothing. Gatekeeper calls it from one thread at a time, but not always from the
 * caller's.
 */
public interface GatekeeperRequest {
  /** The most bytes of a form that an adapter reads: 64 KiB. */
  int FORM_LIMIT = 64 * 1024;

  /**
   * The method (RFC 9110, section 9.1).
   *
   * @return the method; case counts
   */
  String method();

  /**
   * The request target in origin-form (RFC 9112, section 3.2.1).
   *
   * @return the path and, after a {@code ?}, the query, both raw; an empty query keeps its {@code
   *     ?}. One char stands for one byte
   */
  String target();

  /**
   * The authority that the client asked for (RFC 9110, section 7.2).
   *
   * @return the value of {@code Host} or {@code :authority}; null when there is none
   */
  @Nullable String host();

  /**
   * The values of a header.
   *
   * @param name the name; case does not count
   * @return the values in their order, one for each field line, unsplit; empty when there is none
   */
  List<String> headers(String name);

  /**
   * The names of all headers.
   *
   * @return the names as they came; the same one may come twice
   */
  Collection<String> headerNames();

  /**
   * The body of a request of type {@code application/x-www-form-urlencoded}. Asked for at own
   * endpoints only.
   *
   * @return the body's text, still encoded; empty when it is of another type, is not there, or is
   *     larger than {@link #FORM_LIMIT}
   */
  Optional<String> form();

  /**
   * The first value of a header.
   *
   * @param name the name; case does not count
   * @return the value; null when there is none
   */
  default @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }
}
