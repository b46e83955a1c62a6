package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came from the provider and is needed later, sealed and tied to its session: the refresh
 * token, and the ID token for the hint of a sign-out. Browsers send it to own endpoints alone, so
 * no application sees it.
 */
final class ProviderCookie {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderCookie.class);

  /** A later release may write more. */
  private static final int PARTS = 6;

  private final CookieNames names;
  private final Seal seal;
  private final SecureRandom random;

  ProviderCookie(CookieNames names, SessionKeys keys, SecureRandom random) {
    this.names = names;
    this.seal = new Seal(keys, "provider cookie");
    this.random = random;
  }

  /** As much of a grant as browsers keep: the ID token is given up before the refresh token. */
  Grant fitting(Grant grant) {
    if (sealed(grant).length() <= room()) {
      return grant;
    }
    Grant smaller = grant.withIdToken("");
    if (smaller.refreshToken() == null || sealed(smaller).length() <= room()) {
      return smaller;
    }
    LOG.warn(
        "the provider's refresh token has {} characters, too many for a cookie: session {} is not"
            + " revalidated",
        smaller.refreshToken().length(),
        grant.session());
    return smaller.withRefreshToken(null);
  }

  /** The cookie of a grant that fits; a cleared one where there is nothing to keep. */
  SetCookie set(Site site, Grant grant, Duration maxAge) {
    return grant.idToken().isEmpty() && grant.refreshToken() == null
        ? clear(site)
        : cookie(site, sealed(grant)).withMaxAge(maxAge);
  }

  private int room() {
    return SessionCookies.LARGEST - names.refresh().length();
  }

  private String sealed(Grant grant) {
    byte[] content =
        LengthPrefixed.join(
            grant.session().getBytes(ISO_8859_1),
            grant.idToken().getBytes(ISO_8859_1),
            (grant.refreshToken() == null ? "" : grant.refreshToken()).getBytes(UTF_8),
            grant.nonce().getBytes(UTF_8),
            grant.parties().getBytes(UTF_8),
            ByteBuffer.allocate(Long.BYTES).putLong(grant.asked().getEpochSecond()).array());
    return seal.close(seal.key(), Seal.salt(random), content);
  }

  SetCookie clear(Site site) {
    return cookie(site, "").cleared();
  }

  /** What was given for a session; of several cookies the latest of this session counts. */
  Optional<Grant> find(Cookies cookies, String session) {
    return all(cookies)
        .filter(grant -> grant.session().equals(session))
        .max(Comparator.comparing(Grant::asked));
  }

  /** Whatever was given, for sessions that are over too. */
  Stream<Grant> all(Cookies cookies) {
    return cookies.values(names.refresh()).stream()
        .flatMap(text -> seal.open(text).stream())
        .flatMap(opened -> LengthPrefixed.split(opened.content()).stream())
        .filter(parts -> parts.size() >= PARTS)
        .map(ProviderCookie::read);
  }

  private static Grant read(List<byte[]> parts) {
    String refreshToken = new String(parts.get(2), UTF_8);
    return new Grant(
        new String(parts.get(0), ISO_8859_1),
        new String(parts.get(1), ISO_8859_1),
        refreshToken.isEmpty() ? null : refreshToken,
        new String(parts.get(3), UTF_8),
        new String(parts.get(4), UTF_8),
        Instant.ofEpochSecond(ByteBuffer.wrap(parts.get(5)).getLong()));
  }

  private SetCookie cookie(Site site, String value) {
    return SetCookie.of(names.refresh(), value, site.ownPath(), names.site().secure());
  }
}
