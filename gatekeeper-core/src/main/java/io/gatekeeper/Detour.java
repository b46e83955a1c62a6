package io.gatekeeper;

import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import java.util.Optional;

/** The way over an own endpoint and back to the page. */
final class Detour {
  /** In characters: servers read request lines of 4,096 bytes at least. */
  private static final int LONGEST = 4_000;

  private Detour() {}

  /** The URL of an endpoint that comes back to a page; empty where no server might read it. */
  static Optional<String> over(String endpoint, Site site, ReturnTarget target) {
    String url = site.own(endpoint) + "?return=" + Parameters.encode(target.value());
    return Optional.of(url).filter(u -> u.length() <= site.origin().length() + LONGEST);
  }
}
