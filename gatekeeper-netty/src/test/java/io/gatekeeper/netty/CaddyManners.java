package io.gatekeeper.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Caddy's forward_auth is measured to do with the shipped configuration: a GET at {@code
 * /check} with the original query, the client's headers, an Upgrade too, and Caddy's own
 * X-Forwarded ones in place of the client's. A listed header that the answer lacks becomes a
 * placeholder's text.
 */
final class CaddyManners implements Manners {
  private final Set<String> listed;

  CaddyManners(Set<String> listed) {
    this.listed = Headers.names(listed.toArray(new String[0]));
  }

  @Override
  public Request received(Request request) {
    List<String> lines = new ArrayList<>(request.lines());
    lines.removeIf(
        line -> {
          String name = Headers.name(line);
          boolean identity = listed.contains(name) && !name.equalsIgnoreCase("cookie");
          return identity || name.contains("_") || name.contains(".");
        });
    return request.with(lines);
  }

  @Override
  public Request question(Request request) {
    int query = request.target().indexOf('?');
    List<String> own =
        List.of(
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Method: " + request.method(),
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: " + request.host(),
            "X-Forwarded-Uri: " + request.target());
    String target = query < 0 ? "/check" : "/check" + request.target().substring(query);
    return new Request("GET", target, Headers.with(request.lines(), own), "");
  }

  @Override
  public Request allowed(Request request, List<String> answered) {
    List<String> lines = new ArrayList<>(Headers.without(request.lines(), listed));
    for (String name : listed) {
      List<String> found = Headers.only(answered, Headers.names(name));
      lines.add(
          found.isEmpty() ? name + ": {http.reverse_proxy.header." + name + "}" : found.get(0));
    }
    return request.with(lines);
  }

  @Override
  public Answer unanswered() {
    return Answer.of(502);
  }
}
