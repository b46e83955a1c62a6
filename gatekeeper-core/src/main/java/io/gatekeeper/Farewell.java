package io.gatekeeper;

import io.gatekeeper.access.AccessRules;
import io.gatekeeper.access.Verdict;
import io.gatekeeper.http.RequestPath;
import io.gatekeeper.http.RequestTarget;
import io.gatekeeper.http.Site;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page of the application's where a sign-out ends. */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  private Farewell() {}

  /** Warns of one that needs a session: the provider, which may know the user yet, is next. */
  static void check(String page, AccessRules rules, Site site) {
    boolean own = page.startsWith(site.ownPath() + "/");
    if (page.startsWith("/") && !own && needsSession(rules, site, page)) {
      LOG.warn(
          "logout-redirect: {} is not public, so who signs out may be signed in again at once"
              + " (expected: a page with a rule of access: public)",
          page);
    }
  }

  private static boolean needsSession(AccessRules rules, Site site, String page) {
    return RequestPath.parse(RequestTarget.of(page).path())
        .map(path -> rules.judge(path, "GET", URI.create(site.origin()).getAuthority()).kind())
        .filter(kind -> kind != Verdict.Kind.PUBLIC && kind != Verdict.Kind.OUTSIDE)
        .isPresent();
  }
}
