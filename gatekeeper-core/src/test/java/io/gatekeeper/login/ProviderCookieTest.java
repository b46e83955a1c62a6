package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.Site;
import io.gatekeeper.provider.TokenEndpoint.Tokens;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionKeys;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderCookieTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Site site = Site.of(URI.create("https://app.example.com"), "/gatekeeper");
  private final SessionKeys keys = SessionKeys.random(RANDOM);
  private final CookieNames names = new CookieNames("gatekeeper", site, null);
  private final ProviderCookie cookie = new ProviderCookie(names, keys, RANDOM);
  private final Grant grant = grant("sid-1", "refresh-1", NOW);

  private static Grant grant(String session, String refreshToken, Instant asked) {
    return new Grant(session, "an.id.token", refreshToken, "nonce", "[gatekeeper]", asked);
  }

  private String sent(Grant... grants) {
    StringBuilder all = new StringBuilder();
    for (Grant each : grants) {
      all.append(cookie.set(site, each, Duration.ofHours(1)).header().split(";", 2)[0])
          .append("; ");
    }
    return all.toString();
  }

  private Optional<Grant> find(String cookies, String session) {
    return cookie.find(Cookies.parse(List.of(cookies)), session);
  }

  @Test
  void whatWasKeptIsFoundForItsSessionAlone() {
    assertEquals(Optional.of(grant), find(sent(grant), "sid-1"));
    assertEquals(Optional.empty(), find(sent(grant), "sid-2"));
    assertEquals(Optional.of(grant), find(sent(grant("sid-2", "other", NOW), grant), "sid-1"));
  }

  @Test
  void ofSeveralTheLatestCounts() {
    Grant later = grant("sid-1", "refresh-2", NOW.plusSeconds(1));

    assertEquals(Optional.of(later), find(sent(grant, later), "sid-1"));
    assertEquals(Optional.of(later), find(sent(later, grant), "sid-1"));
  }

  @Test
  void cookieIsSentToOwnEndpointsOverTlsAlone() {
    String header = cookie.set(site, grant, Duration.ofHours(1)).header();

    assertTrue(header.startsWith("__Secure-gatekeeper-refresh="), header);
    assertTrue(header.contains("Path=/gatekeeper; "), header);
    assertTrue(header.contains("; HttpOnly") && header.contains("; Secure"), header);
  }

  @Test
  void ofALaterReleaseOnlyWhatThisOneKnowsIsRead() {
    byte[] some = "sid-1".getBytes(ISO_8859_1);
    byte[] moment = ByteBuffer.allocate(Long.BYTES).putLong(NOW.getEpochSecond()).array();
    byte[] more = LengthPrefixed.join(some, some, some, some, some, moment, some);
    byte[] fewer = LengthPrefixed.join(some, some);

    assertEquals(NOW, find(names.refresh() + "=" + seal(more), "sid-1").orElseThrow().asked());
    assertEquals(Optional.empty(), find(names.refresh() + "=" + seal(fewer), "sid-1"));
  }

  private String seal(byte[] content) {
    Seal seal = new Seal(keys, "provider cookie");
    return seal.close(seal.key(), Seal.salt(RANDOM), content);
  }

  @Test
  void idTokenIsGivenUpBeforeTheRefreshToken() {
    Grant large = grant.withIdToken("x".repeat(4_000));

    assertEquals(grant.withIdToken(""), cookie.fitting(large));
    assertEquals(grant, cookie.fitting(grant));
    Grant huge = large.withRefreshToken("y".repeat(4_000));
    assertNull(cookie.fitting(huge).refreshToken());
    assertTrue(cookie.set(site, cookie.fitting(huge), Duration.ofHours(1)).header().contains("=;"));
  }

  @Test
  void everyGrantThatFitsMakesACookieThatBrowsersKeep() {
    for (int length = 2_500; length < 2_900; length++) {
      Grant fitting = cookie.fitting(grant.withIdToken("x".repeat(length)));
      String pair = cookie.set(site, fitting, Duration.ofHours(1)).header().split(";", 2)[0];
      assertTrue(pair.length() <= 3_801, () -> pair.length() + " bytes");
    }
  }

  @Test
  void noTokenIsInItsText() {
    assertFalse(grant.toString().contains("refresh-1"));
    assertFalse(new Refreshed.Next("a.b.c", NOW, grant, true).toString().contains("a.b.c"));
    String tokens = new Tokens("a.b.c", new BearerAccessToken("access-1"), "refresh-1").toString();
    assertFalse(tokens.contains("a.b.c") || tokens.contains("-1"), tokens);
  }
}
