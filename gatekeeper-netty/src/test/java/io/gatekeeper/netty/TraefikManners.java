package io.gatekeeper.netty;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Traefik's forwardAuth does by its source, with {@code trustForwardHeader} off: a GET at the
 * configured address with the client's headers but those that end at each neighbour; its own
 * X-Forwarded headers overwrite the client's. Each of the {@code authResponseHeaders} is taken out
 * of the request, then put in as the answer has it. A refusal passes whole, its Location resolved
 * against the asked address.
 */
final class TraefikManners implements Manners {
  private static final String ADDRESS = "http://auth.internal:4181/check";

  private final Set<String> listed;

  TraefikManners(Set<String> listed) {
    this.listed = Headers.names(listed.toArray(new String[0]));
  }

  @Override
  public Request question(Request request) {
    Set<String> dropped = Headers.names("host");
    dropped.addAll(HOP_BY_HOP);
    List<String> lines = new ArrayList<>(Headers.without(request.lines(), dropped));
    lines.add("Host: auth.internal:4181");
    List<String> own =
        List.of(
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Method: " + request.method(),
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: " + request.host(),
            "X-Forwarded-Uri: " + requestUri(request.target()));
    return new Request("GET", "/check", Headers.with(lines, own), "");
  }

  /** An absolute target without its host. */
  private static String requestUri(String target) {
    return target.startsWith("http://") ? target.replaceFirst("http://[^/]*", "") : target;
  }

  @Override
  public Request allowed(Request request, List<String> answered) {
    List<String> lines = new ArrayList<>(Headers.without(request.lines(), listed));
    lines.addAll(Headers.only(answered, listed));
    return request.with(lines);
  }

  @Override
  public Answer refusal(RawHttp.Answer answer) {
    Answer whole = Answer.whole(answer);
    return new Answer(
        whole.status(),
        Headers.without(whole.lines(), HOP_BY_HOP).stream().map(TraefikManners::resolved).toList(),
        whole.body());
  }

  private static String resolved(String line) {
    String name = "location: ";
    return line.regionMatches(true, 0, name, 0, name.length())
        ? name + URI.create(ADDRESS).resolve(line.substring(name.length()))
        : line;
  }

  @Override
  public Answer unanswered() {
    return Answer.of(500);
  }
}
