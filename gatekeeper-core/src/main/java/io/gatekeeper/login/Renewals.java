package io.gatekeeper.login;

import io.gatekeeper.http.SetCookie;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Renews sessions that end when nobody uses them. Whoever asks with a token that was renewed a
 * moment ago is not sent to renew it again, so a browser that refuses the new cookie goes on with
 * the old one until that ends. Safe for use by many threads; {@link #isDue} takes no lock.
 */
public final class Renewals {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST = 100_000;

  private final SessionTokens tokens;
  private final SessionCookies cookies;
  private final Clock clock;
  private final ShortMemory<Token, Boolean> renewed = new ShortMemory<>(REMEMBERED, MOST);

  /** One token of a session: no other is due at that moment. */
  private record Token(String session, Instant due) {
    static Optional<Token> of(Session session) {
      return session.due().map(due -> new Token(session.id(), due));
    }
  }

  /**
   * A session with a new token.
   *
   * @param session the session as the token says it
   * @param cookies all that set the token
   */
  public record Renewed(Session session, List<SetCookie> cookies) {
    /** Never a token. */
    @Override
    public String toString() {
      return "Renewed[" + session + "]";
    }
  }

  /**
   * Renewals of one service.
   *
   * @param tokens makes the new ones
   * @param cookies sets them
   * @param clock the time
   */
  public Renewals(SessionTokens tokens, SessionCookies cookies, Clock clock) {
    this.tokens = tokens;
    this.cookies = cookies;
    this.clock = clock;
  }

  /**
   * Whether whoever has this token should be sent to renew it.
   *
   * @param session what the token says
   * @return false before it is due, and for some minutes after it was renewed here
   */
  public boolean isDue(Session session) {
    return isPast(session)
        && Token.of(session).filter(token -> renewed.get(token) == null).isPresent();
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
   * @param session the session, in force
   * @return the session with its new token; empty before it is due
   */
  public Optional<Renewed> renew(Session session) {
    if (!isPast(session)) {
      return Optional.empty();
    }
    String token = tokens.renew(session);
    Token.of(session).ifPresent(old -> renewed.putIfAbsent(old, true));
    return tokens
        .verify(token)
        .valid()
        .filter(now -> cookies.fits(token))
        .map(now -> new Renewed(now, cookies.set(token, Remaining.until(now.expires(), clock))));
  }
}
