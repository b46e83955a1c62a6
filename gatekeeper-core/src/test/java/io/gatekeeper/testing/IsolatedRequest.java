package io.gatekeeper.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/** A request of somebody among many, and what its answer has to be. Immutable. */
final class IsolatedRequest {
  /** Who asks for what. */
  enum Kind {
    USER_READS(200),
    USER_ASKS_FOR_A_PUBLIC_PAGE(200),
    USER_SENDS(200),
    USER_IS_REFUSED(403),
    STRANGER_READS(200),
    STRANGER_NAVIGATES(302),
    STRANGER_ASKS(401),
    STRANGER_SENDS(401);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    boolean isOfUser() {
      return name().startsWith("USER");
    }
  }

  private final Kind kind;
  private final IsolatedUser user;
  private final String id;
  private final TestBrowser.Request message;

  private IsolatedRequest(Kind kind, IsolatedUser user, String id, TestBrowser.Request message) {
    this.kind = kind;
    this.user = user;
    this.id = id;
    this.message = message;
  }

  /** One of a random kind, by a random user or by a stranger who claims to be one. */
  static IsolatedRequest any(String base, List<IsolatedUser> users, String id, Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    IsolatedUser picked = users.get(random.nextInt(users.size()));
    IsolatedUser forged = users.get(random.nextInt(users.size()));
    TestBrowser browser = kind.isOfUser() ? picked.browser() : new TestBrowser();
    TestBrowser.Request message = message(kind, browser, base, id, random);
    if (random.nextInt(4) == 0) {
      message.header("X-Auth-Request-User", forged.name());
    }
    return new IsolatedRequest(kind, kind.isOfUser() ? picked : null, id, message);
  }

  private static TestBrowser.Request message(
      Kind kind, TestBrowser browser, String base, String id, Random random) {
    String query = "?q=" + id;
    TestBrowser.Request message =
        switch (kind) {
          case USER_READS, STRANGER_NAVIGATES ->
              browser.request("GET", base + "/page" + query).navigating();
          case USER_ASKS_FOR_A_PUBLIC_PAGE, STRANGER_READS ->
              browser.request("GET", base + "/public/page" + query).navigating();
          case USER_IS_REFUSED -> browser.request("GET", base + "/admin/page" + query).scripted();
          case STRANGER_ASKS -> browser.request("GET", base + "/page" + query).scripted();
          case USER_SENDS, STRANGER_SENDS ->
              browser
                  .request("POST", base + "/api/page" + query)
                  .scripted()
                  .body("x".repeat(1 + random.nextInt(300)));
        };
    return message.header("Connection", "keep-alive");
  }

  Kind kind() {
    return kind;
  }

  TestBrowser.Request message() {
    return message;
  }

  /** Fails, with the names of who asked and who shows, when the answer is not this request's. */
  void check(Page answer) {
    Matcher names = IsolatedUser.NAMES.matcher(answer.everything());
    while (names.find()) {
      if (user == null || !names.group().equals(user.name())) {
        throw wrong("shows " + names.group(), answer);
      }
    }
    if (answer.status() != kind.status) {
      throw wrong("is not " + kind.status, answer);
    }
    if (kind.status == 200) {
      checkEcho(answer);
    }
  }

  private void checkEcho(Page answer) {
    Echo echo = Echo.of(answer);
    String expected = message.method() + " " + message.url().target() + " HTTP/1.1";
    if (!echo.requestLine().equals(expected)) {
      throw wrong("belongs to " + echo.requestLine(), answer);
    }
    Map<String, String> shown = user == null ? IsolatedUser.nobody() : user.shown();
    Map<String, String> seen = new LinkedHashMap<>(shown);
    seen.replaceAll((name, value) -> echo.value(name));
    if (!seen.equals(shown)) {
      throw wrong("shows " + seen + " and not " + shown, answer);
    }
  }

  private AssertionError wrong(String what, Page answer) {
    return new AssertionError(
        "the answer to %s (%s by %s) %s:%n%s"
            .formatted(id, kind, user == null ? "a stranger" : user, what, answer));
  }
}
