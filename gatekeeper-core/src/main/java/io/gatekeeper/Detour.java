package io.gatekeeper;

import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import java.util.Optional;

/** The way over an own endpoint and back to the page. */
final class Detour {
  private Detour() {}

  /** The URL of an endpoint that comes back to a page. */
  static String to(String endpoint, Site site, ReturnTarget target) {
    return site.own(endpoint) + "?return=" + Parameters.encode(target.value());
  }

  /** The same; empty where it is so long that a server might not read it. */
  static Optional<String> over(String endpoint, Site site, ReturnTarget target) {
    return Optional.of(to(endpoint, site, target))
        .filter(url -> url.length() <= site.origin().length() + Response.LONGEST_LOCATION);
  }
}
