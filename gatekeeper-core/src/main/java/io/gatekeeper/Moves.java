package io.gatekeeper;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.session.CookieNames;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts how often a browser was just sent to the external URL. Who comes from another host leaves
 * the count there; who brings it along is at the external URL already, and something in front of us
 * calls that by another name. Nothing depends on the count but a page, so it needs no signature.
 * Pure functions.
 */
final class Moves {
  private static final int MOST = 5;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private Moves() {}

  /** The cookie that counts one move more; empty where one more leads nowhere. */
  static Optional<SetCookie> next(Cookies cookies, CookieNames names) {
    int before =
        cookies.values(names.moves()).stream()
            .filter(value -> value.matches("[1-9]"))
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(0);
    return before < MOST
        ? Optional.of(
            SetCookie.of(names.moves(), String.valueOf(before + 1), "/", names.site().secure())
                .withMaxAge(WINDOW))
        : Optional.empty();
  }
}
