package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.http.Response;
import java.util.ArrayList;
import java.util.List;

/** A decision as the answer to a check, where no gateway has a wish of its own. */
final class Answer {
  private static final int ALLOWED = 200;
  private static final int REDIRECTS = 300;
  private static final int SERVER_ERRORS = 500;

  private Answer() {}

  /**
   * The answer that says it: a 200 with what replaces the request's own headers and nothing else,
   * or what the client is told. Nothing but a decision to proceed ever becomes a 2xx, and nothing a
   * 5xx, which some gateways take for a reason to let a request by.
   *
   * @param decision the decision
   * @param dialect says what stands in for an answer that isn't one
   * @return the answer
   */
  static Response of(Decision decision, Dialect dialect) {
    if (decision instanceof Decision.Proceed proceed) {
      return allow(proceed);
    }
    Response response = ((Decision.Respond) decision).response();
    if (response.status() < REDIRECTS || response.status() >= SERVER_ERRORS) {
      Mishaps.report("A check was answered with a " + response.status() / 100 + "xx", null);
      return dialect.failed();
    }
    return response;
  }

  private static Response allow(Decision.Proceed proceed) {
    List<Response.Header> headers = new ArrayList<>();
    proceed
        .identityHeaders()
        .forEach((name, value) -> headers.add(new Response.Header(name, value)));
    headers.add(new Response.Header("Cookie", proceed.cookie()));
    return new Response(ALLOWED, headers, new byte[0]);
  }
}
