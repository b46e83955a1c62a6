package io.gatekeeper.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What nginx is measured to do with the shipped configuration: headers with a name of anything but
 * letters, digits and dashes are dropped; a check is a GET without a body; 401 and 403 are brought
 * to the own endpoints by error_page, and any other refusal becomes a 500. An empty header isn't
 * sent on.
 */
final class NginxManners implements Manners {
  private final Set<String> listed;

  NginxManners(Set<String> listed) {
    this.listed = Headers.names(listed.toArray(new String[0]));
  }

  @Override
  public Answer unasked(Request request) {
    boolean unknown = request.method().equals("TRACE") || request.method().equals("CONNECT");
    if (unknown) {
      return Answer.of(405);
    }
    boolean readable = request.target().startsWith("/") || request.target().startsWith("http://");
    return readable && !request.target().contains("%00") ? null : Answer.of(400);
  }

  @Override
  public Request received(Request request) {
    return request.with(
        request.lines().stream()
            .filter(line -> Headers.name(line).matches("[A-Za-z0-9-]+"))
            .toList());
  }

  @Override
  public Request question(Request request) {
    return new Request("GET", "/check", told(request), "");
  }

  @Override
  public Request appeal(Request request, int status) {
    return status == 401 || status == 403
        ? new Request(request.method(), "/gatekeeper/login", told(request), "")
        : null;
  }

  private static List<String> told(Request request) {
    List<String> own =
        List.of(
            "X-Original-Method: " + request.method(),
            "X-Original-URI: " + request.target().replaceFirst("^http://[^/]*", ""));
    return Headers.with(Headers.without(request.lines(), BODY), own);
  }

  @Override
  public Request allowed(Request request, List<String> answered) {
    List<String> lines = new ArrayList<>(Headers.without(request.lines(), listed));
    Headers.only(answered, listed).stream()
        .filter(line -> !line.endsWith(": "))
        .forEach(lines::add);
    boolean own = request.target().startsWith("/gatekeeper/");
    return request.with(
        own ? Headers.without(lines, Headers.names("x-original-uri", "x-original-method")) : lines);
  }

  @Override
  public Answer refusal(RawHttp.Answer answer) {
    return unanswered();
  }

  @Override
  public Answer unanswered() {
    return Answer.of(500);
  }
}
