package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sign-out, here and at the provider. Never waits; safe for use by many threads.
 *
 * <p>The session ends here before the browser leaves for the provider, so nothing is left to do
 * when it comes back, and nothing is believed then: our page at the return is public and changes
 * nothing. A {@code state} is optional and has nothing to protect here. It is random, is kept
 * nowhere and is compared with nothing: one that comes back wrong, or not at all, does no harm. It
 * is sent at all so that a conformance test, which leaves out clients that send none, can show
 * that. Where {@code logout-redirect} names the page, none is sent: an application that did not
 * choose a value can't check it, and its scripts may take an address with a {@code state} for the
 * answer to a login of their own.
 *
 * <p>Specification: OpenID Connect RP-Initiated Logout 1.0, sections 2 and 3.
 */
public final class LogoutFlow {
  private static final Duration FORM_LASTS = Duration.ofHours(1);

  private final String clientId;
  private final @Nullable String logoutRedirect;
  private final Provider provider;
  private final RefreshTokens refreshTokens;
  private final SessionCookies sessionCookies;
  private final Revocations revocations;
  private final LoginCookies loginCookies;
  private final ProviderCookie providerCookie;
  private final Seal form;
  private final Clock clock;

  /**
   * A sign-out.
   *
   * @param clientId the client
   * @param logoutRedirect where to go afterwards: a URL, or a path of the site; null for a page of
   *     ours
   * @param provider the provider
   * @param refreshTokens revokes them there
   * @param sessions what keeps sessions
   * @param random where salts come from
   * @param clock the time
   */
  public LogoutFlow(
      String clientId,
      @Nullable String logoutRedirect,
      Provider provider,
      RefreshTokens refreshTokens,
      LoginFlow.Sessions sessions,
      SecureRandom random,
      Clock clock) {
    CookieNames names = sessions.names();
    SessionKeys keys = sessions.keys();
    this.clientId = clientId;
    this.logoutRedirect = logoutRedirect;
    this.provider = provider;
    this.refreshTokens = refreshTokens;
    this.sessionCookies = sessions.cookies();
    this.revocations = sessions.revocations();
    this.loginCookies = new LoginCookies(names, keys, random);
    this.providerCookie = new ProviderCookie(names, keys, random);
    this.form = new Seal(keys, "logout form");
    this.clock = clock;
  }

  /**
   * The token of a form that asks whether to sign out.
   *
   * @param session the session to end
   * @return a sealed text that counts for an hour, for this session
   */
  public String formToken(Session session) {
    byte[] content =
        LengthPrefixed.join(
            session.id().getBytes(ISO_8859_1),
            Long.toString(clock.instant().getEpochSecond()).getBytes(ISO_8859_1));
    return form.close(form.key(), loginCookies.salt(), content);
  }

  /**
   * Whether a request to sign out comes from a page of ours: by Sec-Fetch-Site, or by Origin, or
   * else by the token of our form. A browser keeps the session cookie back from another site's
   * form, but would clear it at our word all the same; so without a session the evidence counts as
   * much.
   *
   * @param request the request
   * @param site where the browser is
   * @param session the session to end; null where there is none
   * @return false if another site may be behind it
   */
  public boolean isOurs(GatekeeperRequest request, Site site, @Nullable Session session) {
    List<String> fetchSite = request.headers("Sec-Fetch-Site");
    List<String> origin = request.headers("Origin");
    if (fetchSite.equals(List.of("same-origin"))
        || (fetchSite.isEmpty() && origin.equals(List.of(site.origin())))) {
      return true;
    }
    return session != null && carriesOurToken(request, session);
  }

  private boolean carriesOurToken(GatekeeperRequest request, Session session) {
    return request
        .form()
        .flatMap(Parameters::parse)
        .flatMap(parameters -> parameters.single("token"))
        .flatMap(form::open)
        .flatMap(opened -> LengthPrefixed.split(opened.content()))
        .filter(parts -> parts.size() == 2)
        .filter(parts -> session.id().equals(new String(parts.get(0), ISO_8859_1)))
        .filter(parts -> isFresh(Long.parseLong(new String(parts.get(1), ISO_8859_1))))
        .isPresent();
  }

  private boolean isFresh(long begun) {
    return clock.instant().getEpochSecond() < begun + FORM_LASTS.toSeconds();
  }

  /**
   * Where a browser goes to sign out at the provider, or, where that can't be, after signing out
   * here.
   *
   * @param site where the browser is
   * @param cookies its cookies
   * @param session the session that ends; null where there is none any more
   * @return an absolute URL
   */
  public String afterLogout(Site site, Cookies cookies, @Nullable Session session) {
    String landing = landing(site);
    URI endpoint = endSession();
    if (endpoint == null) {
      return landing;
    }
    EndSession request = new EndSession(endpoint, clientId, landing, state());
    return session == null
        ? request.url("", null)
        : request.url(idToken(cookies, session), hint(session));
  }

  private String idToken(Cookies cookies, Session session) {
    return providerCookie.find(cookies, session.id()).map(Grant::idToken).orElse("");
  }

  /** Of what names the session at the provider, what says least: an address ends in logs. */
  private static String hint(Session session) {
    return session.providerSession().orElse(session.identity().subject());
  }

  private @Nullable String state() {
    return logoutRedirect == null ? LoginStates.id(loginCookies.salt()) : null;
  }

  private String landing(Site site) {
    if (logoutRedirect == null) {
      return site.own("logged-out");
    }
    return logoutRedirect.startsWith("/") ? site.origin() + logoutRedirect : logoutRedirect;
  }

  /** Signing out here doesn't wait for the provider: an endpoint that isn't known is none. */
  private @Nullable URI endSession() {
    return provider.known().map(ProviderMetadata::endSession).orElse(null);
  }

  /**
   * An answer that ends the session: in this browser, and wherever else its cookie is. Of several
   * sessions it ends all, though none of them counts, and of one that is over by its idle end what
   * the provider gave for it.
   *
   * @param answer the answer so far
   * @param site where the browser is
   * @param cookies its cookies
   * @return the answer with the session, what came from the provider and the browser's secret
   *     cleared
   */
  public Response signOut(Response answer, Site site, Cookies cookies) {
    sessionCookies
        .all(cookies)
        .forEach(each -> revocations.revoke(new Revocation.OfSession(each.id(), each.end())));
    providerCookie
        .all(cookies)
        .flatMap(grant -> Stream.ofNullable(grant.refreshToken()))
        .forEach(refreshTokens::revoke);
    return answer
        .with(List.of(providerCookie.clear(site)))
        .with(sessionCookies.clearAll())
        .with(loginCookies.forget(cookies));
  }
}
