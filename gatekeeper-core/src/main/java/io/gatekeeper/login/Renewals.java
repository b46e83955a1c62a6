package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens;
import io.gatekeeper.session.SessionTokens.Verification;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Renews sessions that are due: alone, or by the provider's word where there is a refresh token.
 * Whoever comes again and again with a token that was renewed is not sent to renew it any more, so
 * a browser that refuses the new cookie goes on with the old one until that ends. Safe for use by
 * many threads; {@link #isDue} takes no lock.
 *
 * <p>Specification: OpenID Connect Core 1.0, section 12.
 */
public final class Renewals {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST = 100_000;

  /** An answer that got lost on its way is made up for by the second. */
  private static final int ROUNDS = 2;

  private final SessionTokens tokens;
  private final SessionCookies cookies;
  private final ProviderCookie providerCookie;
  private final Revocations revocations;
  private final Duration revalidate;
  private final TokenRefresh refresh;
  private final SharedRefreshes shared;
  private final Clock clock;
  private final ShortMemory<Token, AtomicInteger> rounds = new ShortMemory<>(REMEMBERED, MOST);

  /** One token of a session: no other is due at that moment. */
  private record Token(String session, Instant due) {
    static Optional<Token> of(Session session) {
      return session.due().map(due -> new Token(session.id(), due));
    }
  }

  /**
   * Renewals of one service.
   *
   * @param settings what makes up an identity, and for how long the provider's word counts
   * @param endpoints whom to ask
   * @param sessions what makes and keeps sessions
   * @param refreshTokens revokes those that come too late
   * @param random where salts come from
   * @param clock the time
   * @param executor runs what waits for the provider
   */
  public Renewals(
      LoginFlow.Settings settings,
      LoginFlow.Endpoints endpoints,
      LoginFlow.Sessions sessions,
      RefreshTokens refreshTokens,
      SecureRandom random,
      Clock clock,
      Executor executor) {
    this.tokens = sessions.tokens();
    this.cookies = sessions.cookies();
    this.providerCookie = new ProviderCookie(sessions.names(), sessions.keys(), random);
    this.revocations = sessions.revocations();
    this.revalidate = settings.revalidate();
    this.refresh =
        new TokenRefresh(settings, endpoints, sessions, providerCookie, refreshTokens, clock);
    this.shared = new SharedRefreshes(executor, clock);
    this.clock = clock;
  }

  /**
   * Whether whoever has this token should be sent to renew it.
   *
   * @param session what the token says
   * @return false before it is due, and for some minutes after it was renewed here more than once
   */
  public boolean isDue(Session session) {
    return isPast(session) && Token.of(session).filter(this::isRenewedOften).isEmpty();
  }

  private boolean isRenewedOften(Token token) {
    AtomicInteger count = rounds.get(token);
    return count != null && count.get() >= ROUNDS;
  }

  private void count(Token token) {
    AtomicInteger mine = new AtomicInteger();
    AtomicInteger earlier = rounds.putIfAbsent(token, mine);
    (earlier == null ? mine : earlier).incrementAndGet();
  }

  /**
   * Whether a token is to be renewed, though another request may have done it.
   *
   * @param session what the token says
   * @return false before it is due
   */
  public boolean isPast(Session session) {
    return session.due().filter(due -> !clock.instant().isBefore(due)).isPresent();
  }

  /**
   * Renews a session, as often as it is asked to.
   *
   * @param site where the browser is
   * @param sent the browser's cookies
   * @param session the session, in force and past its due
   * @return what came of it: complete on return unless the provider is asked
   */
  public CompletionStage<RenewalOutcome> renew(Site site, Cookies sent, Session session) {
    Grant grant = providerCookie.find(sent, session.id()).orElse(null);
    String refreshToken = grant == null ? null : grant.refreshToken();
    if (grant == null || refreshToken == null) {
      return CompletableFuture.completedFuture(alone(site, session, null));
    }
    Instant next = grant.asked().plus(revalidate);
    if (clock.instant().isBefore(next)) {
      return CompletableFuture.completedFuture(alone(site, session, next));
    }
    return shared
        .get(
            name(session, refreshToken),
            () -> refresh.run(session, grant, refreshToken),
            () -> refresh.later(session, null))
        .thenApply(answer -> outcome(site, session, answer));
  }

  /** Both of them, so that no session ever gets another's answer. */
  private static String name(Session session, String refreshToken) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(refreshToken.getBytes(UTF_8));
      return session.id() + ' ' + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }

  private RenewalOutcome alone(Site site, Session session, @Nullable Instant recheck) {
    return next(site, session, tokens.renew(session, session.identity(), recheck), null);
  }

  /**
   * Whoever signed in while the provider was asked has ended the session in this place, unless it
   * was over by itself: then it stays so.
   */
  private RenewalOutcome outcome(Site site, Session session, Refreshed answer) {
    if (!clock.instant().isBefore(session.expires())) {
      return new RenewalOutcome.Over(Rejection.SESSION_EXPIRED);
    }
    if (answer instanceof Refreshed.Next next) {
      return next(site, session, next.token(), next.grant());
    }
    if (revocations.covers(session)) {
      return new RenewalOutcome.Over(Rejection.SESSION_REVOKED);
    }
    Token.of(session).ifPresent(this::count);
    Refreshed.Lost lost = (Refreshed.Lost) answer;
    if (lost.certain()) {
      revocations.revoke(new Revocation.OfSession(session.id(), session.end()));
    }
    List<SetCookie> cleared = new ArrayList<>(cookies.clearAll());
    cleared.add(providerCookie.clear(site));
    return new RenewalOutcome.Lost(lost.reason(), lost.certain(), cleared);
  }

  /**
   * Reads the token back: what was revoked while the provider was asked, by the login of somebody
   * else in another tab for one, is set in no browser.
   */
  private RenewalOutcome next(Site site, Session old, String token, @Nullable Grant grant) {
    Token.of(old).ifPresent(this::count);
    Verification read = tokens.verify(token);
    if (read instanceof Verification.Refused refused) {
      return new RenewalOutcome.Over(refused.reason());
    }
    Session session = ((Verification.Valid) read).session();
    List<SetCookie> set = new ArrayList<>();
    if (cookies.fits(token)) {
      set.addAll(cookies.set(token, Remaining.until(session.expires(), clock)));
    }
    if (grant != null) {
      set.add(providerCookie.set(site, grant, Remaining.until(session.end(), clock)));
    }
    return new RenewalOutcome.Renewed(session, set);
  }
}
