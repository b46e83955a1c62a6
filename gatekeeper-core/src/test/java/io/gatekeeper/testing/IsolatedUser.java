package io.gatekeeper.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One of many who share an adapter's connections. Every claim and cookie carries the name, so that
 * a trace of somebody is found wherever it shows.
 *
 * @param name the subject at the provider
 * @param browser whose cookies it sends
 */
record IsolatedUser(String name, TestBrowser browser) {
  /** The names of all of them. */
  static final Pattern NAMES = Pattern.compile("user-\\d{3}");

  /** Signs people in, one after the other, each in a browser of their own. */
  static List<IsolatedUser> signIn(int count, ContractBase contract, Guarded guarded) {
    List<IsolatedUser> users = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      IsolatedUser user = new IsolatedUser("user-%03d".formatted(number), new TestBrowser());
      contract.provider.signInAs(user.name(), user.claims());
      contract.signIn(user.browser(), guarded);
      if (user.hasApplicationCookie()) {
        user.browser().plant(guarded.base() + "/", "app=" + user.name());
      }
      users.add(user);
    }
    return users;
  }

  private Map<String, Object> claims() {
    return Map.of(
        "name", "The " + name,
        "email", name + "@example.com",
        "groups", List.of("staff", "friends-of-" + name),
        "preferred_username", "nick-of-" + name);
  }

  /** Half of them have a cookie of the application. */
  private boolean hasApplicationCookie() {
    return name.charAt(name.length() - 1) % 2 == 0;
  }

  /** What the application must see of this user. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("X-Auth-Request-User", name);
    shown.put("X-Auth-Request-Email", name + "@example.com");
    shown.put("X-Auth-Request-Groups", "staff,friends-of-" + name);
    shown.put("X-Auth-Request-Preferred-Username", "nick-of-" + name);
    shown.put("Cookie", hasApplicationCookie() ? "app=" + name : "");
    return shown;
  }

  /** What the application must see of nobody. */
  static Map<String, String> nobody() {
    Map<String, String> shown = new LinkedHashMap<>();
    ContractBase.IDENTITY_HEADERS.forEach(header -> shown.put(header, ""));
    shown.put("Cookie", "");
    return shown;
  }

  @Override
  public String toString() {
    return name;
  }
}
