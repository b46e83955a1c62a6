package io.gatekeeper.netty;

import java.util.List;
import java.util.Set;

/**
 * What HAProxy does with the shipped configuration and its script: a request with an odd header
 * name is refused; the action asks by a GET with the client's headers, and lets a request by only
 * with a 200 that has every listed header once.
 */
final class HaproxyManners implements Manners {
  private final Set<String> listed;

  HaproxyManners(Set<String> listed) {
    this.listed = Headers.names(listed.toArray(new String[0]));
  }

  @Override
  public Answer unasked(Request request) {
    boolean named =
        request.lines().stream().allMatch(line -> Headers.name(line).matches("[A-Za-z0-9-]+"));
    return named && request.target().contains("/") ? null : Answer.of(400);
  }

  @Override
  public Request question(Request request) {
    List<String> own =
        List.of(
            "x-original-method: " + request.method(),
            "x-original-uri: " + request.target().replaceFirst("^http://[^/]*", ""));
    List<String> lines = Headers.without(request.lines(), BODY);
    return new Request("GET", "/check", Headers.with(lines, own), "");
  }

  @Override
  public boolean allows(int status) {
    return status == 200;
  }

  @Override
  public Request allowed(Request request, List<String> answered) {
    List<String> found = Headers.only(answered, listed);
    if (found.size() != listed.size()) {
      throw new IllegalStateException("an odd answer");
    }
    return request.with(Headers.with(request.lines(), found));
  }

  @Override
  public Answer refusal(RawHttp.Answer answer) {
    return answer.status() >= 300 && answer.status() < 500 ? Answer.whole(answer) : unanswered();
  }

  @Override
  public Answer unanswered() {
    return Answer.of(503);
  }
}
