package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * What came from the provider and is needed later, sealed and tied to its session: the ID token,
 * for the hint of a sign-out. Browsers send it to own endpoints alone, so no application sees it.
 */
final class ProviderCookie {
  private final CookieNames names;
  private final Seal seal;
  private final SecureRandom random;

  ProviderCookie(CookieNames names, SessionKeys keys, SecureRandom random) {
    this.names = names;
    this.seal = new Seal(keys, "provider cookie");
    this.random = random;
  }

  /** The cookie of a new session; a cleared one where the ID token is too large to keep. */
  SetCookie set(Site site, String session, String idToken, Duration maxAge) {
    byte[] content =
        LengthPrefixed.join(session.getBytes(ISO_8859_1), idToken.getBytes(ISO_8859_1));
    String text = seal.close(seal.key(), Seal.salt(random), content);
    return names.refresh().length() + text.length() > SessionCookies.LARGEST
        ? clear(site)
        : cookie(site, text).withMaxAge(maxAge);
  }

  SetCookie clear(Site site) {
    return cookie(site, "").cleared();
  }

  /** The ID token of a session; of several cookies the one of this session counts. */
  Optional<String> idToken(Cookies cookies, String session) {
    return cookies.values(names.refresh()).stream()
        .flatMap(text -> seal.open(text).stream())
        .flatMap(opened -> LengthPrefixed.split(opened.content()).stream())
        .filter(parts -> parts.size() >= 2)
        .filter(parts -> session.equals(new String(parts.get(0), ISO_8859_1)))
        .map(parts -> new String(parts.get(1), ISO_8859_1))
        .findFirst();
  }

  private SetCookie cookie(Site site, String value) {
    return SetCookie.of(names.refresh(), value, site.ownPath(), names.site().secure());
  }
}
