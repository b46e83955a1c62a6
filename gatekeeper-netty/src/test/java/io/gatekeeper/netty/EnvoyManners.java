package io.gatekeeper.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Emissary's generated ext_authz filter is measured to do: it asks with the client's method
 * and target and a few of its headers; a 200 lets the request by, with the listed headers of the
 * answer in place of its own; any other status goes to the client with its body and a few headers,
 * and a 5xx, a timeout or a dead server becomes an empty 403.
 */
final class EnvoyManners implements Manners {
  private static final Set<String> ASKED_WITH =
      Headers.names(
          // Always.
          "authorization",
          "cookie",
          "from",
          "host",
          "proxy-authorization",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          // As the shipped settings say.
          "accept",
          "origin",
          "access-control-request-method",
          "sec-fetch-mode",
          "sec-fetch-dest",
          "sec-fetch-site",
          "sec-purpose",
          "x-requested-with",
          "upgrade",
          "content-type");
  private static final Set<String> PASSED_ON =
      Headers.names(
          "location", "authorization", "proxy-authenticate", "set-cookie", "www-authenticate");

  private final String pathPrefix;
  private final Set<String> listed;

  /**
   * Manners by the settings.
   *
   * @param pathPrefix what goes before a target in a check; may be empty
   * @param listed {@code allowed_authorization_headers}: the identity headers, and {@code cookie}
   */
  EnvoyManners(String pathPrefix, Set<String> listed) {
    this.pathPrefix = pathPrefix;
    this.listed = Headers.names(listed.toArray(new String[0]));
  }

  @Override
  public Request received(Request request) {
    return request.with(Headers.with(request.lines(), List.of("x-forwarded-proto: http")));
  }

  @Override
  public Request question(Request request) {
    List<String> lines = new ArrayList<>();
    request.lines().stream().filter(line -> isAskedWith(Headers.name(line))).forEach(lines::add);
    lines.add("content-length: 0");
    lines.add("x-envoy-internal: true");
    return new Request(request.method(), pathPrefix + request.target(), lines, "");
  }

  /** The patterns of the shipped settings let the check see what looks like an identity header. */
  private boolean isAskedWith(String name) {
    return ASKED_WITH.contains(name) || listed.contains(name.replace('_', '-').replace('.', '-'));
  }

  @Override
  public boolean allows(int status) {
    return status == 200;
  }

  @Override
  public Request allowed(Request request, List<String> answered) {
    Set<String> copied = Headers.names(PASSED_ON.toArray(new String[0]));
    copied.addAll(listed);
    return request.with(Headers.with(request.lines(), Headers.only(answered, copied)));
  }

  /** Only what is listed, and Content-Type is the gateway's own. */
  @Override
  public Answer refusal(RawHttp.Answer answer) {
    if (answer.status() >= 500) {
      return unanswered();
    }
    List<String> lines = new ArrayList<>(Headers.only(answer.headerLines(), PASSED_ON));
    if (!answer.body().isEmpty()) {
      lines.add("content-type: text/plain");
    }
    return new Answer(answer.status(), lines, answer.body());
  }

  @Override
  public Answer unanswered() {
    return Answer.of(403);
  }
}
