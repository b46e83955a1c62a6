package io.gatekeeper.servlet;

import io.gatekeeper.http.GatekeeperRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to an own endpoint, copied: it may wait for longer than the container keeps its own.
 */
record OwnRequest(
    String method,
    String target,
    @Nullable String host,
    Map<String, List<String>> lines,
    Optional<String> form)
    implements GatekeeperRequest {

  static OwnRequest of(GatekeeperRequest request) {
    Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : request.headerNames()) {
      lines.put(name, request.headers(name));
    }
    boolean sent = request.method().equals("POST");
    return new OwnRequest(
        request.method(),
        request.target(),
        request.host(),
        lines,
        sent ? request.form() : Optional.empty());
  }

  @Override
  public List<String> headers(String name) {
    return lines.getOrDefault(name, List.of());
  }

  @Override
  public Collection<String> headerNames() {
    return lines.keySet();
  }

  /** No header's value. */
  @Override
  public String toString() {
    return "OwnRequest[" + method + "]";
  }
}
