package io.gatekeeper.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How one kind of gateway asks, and what it makes of the answer. */
interface Manners {
  /** What is between two neighbours (RFC 9110, section 7.6.1). */
  Set<String> HOP_BY_HOP =
      Headers.names(
          "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect");

  /** What describes a body. */
  Set<String> BODY = Headers.names("content-length", "content-type", "transfer-encoding");

  /** A request as the gateway received it, and on its way. */
  record Request(String method, String target, List<String> lines, String body) {
    Request with(List<String> otherLines) {
      return new Request(method, target, otherLines, body);
    }

    String host() {
      return lines.stream()
          .filter(line -> Headers.name(line).equalsIgnoreCase("host"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }

    String message() {
      List<String> all = new ArrayList<>(lines);
      if (!body.isEmpty()) {
        all.add("content-length: " + body.length());
      }
      return method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", all) + "\r\n\r\n" + body;
    }
  }

  /** What the client gets. */
  record Answer(int status, List<String> lines, String body) {
    static Answer of(int status) {
      return new Answer(status, List.of(), "");
    }

    static Answer whole(RawHttp.Answer answer) {
      Set<String> own = Headers.names("connection", "content-length", "transfer-encoding");
      return new Answer(answer.status(), Headers.without(answer.headerLines(), own), answer.body());
    }
  }

  /** A request that is refused before anybody is asked; null for none. */
  default Answer unasked(Request request) {
    return null;
  }

  /** The request as it is before anybody is asked. */
  default Request received(Request request) {
    return request;
  }

  /** The check. */
  Request question(Request request);

  /** Whether a status lets a request by. */
  default boolean allows(int status) {
    return status >= 200 && status < 300;
  }

  /** The request that goes on. */
  Request allowed(Request request, List<String> answered);

  /** Where a refused request is asked about once more, at the own endpoints; null for nowhere. */
  default Request appeal(Request request, int status) {
    return null;
  }

  /** What the client gets of a refusal. */
  default Answer refusal(RawHttp.Answer answer) {
    return Answer.whole(answer);
  }

  /** What the client gets where there is no answer. */
  Answer unanswered();
}
