package io.gatekeeper.session;

import io.gatekeeper.identity.Identity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A signed-in user, as read from a verified session token. Only the verifier makes one. */
public final class Session {
  private final String id;
  private final Identity identity;
  private final String login;
  private final Instant started;
  private final Instant end;
  private final Instant expires;
  private final @Nullable Instant authTime;
  private final @Nullable String providerSession;
  private final Instant issued;
  private final @Nullable Instant due;

  Session(
      String id,
      Identity identity,
      String login,
      Instant started,
      Instant end,
      Instant expires,
      @Nullable Instant authTime,
      @Nullable String providerSession,
      Instant issued,
      @Nullable Instant due) {
    this.due = due;
    this.id = id;
    this.identity = identity;
    this.login = login;
    this.started = started;
    this.end = end;
    this.expires = expires;
    this.authTime = authTime;
    this.providerSession = providerSession;
    this.issued = issued;
  }

  /**
   * The session's own identifier ({@code sid}).
   *
   * @return a random text, the same for as long as the session lasts
   */
  public String id() {
    return id;
  }

  /**
   * Who is signed in.
   *
   * @return the identity
   */
  public Identity identity() {
    return identity;
  }

  /**
   * The login that the session comes from.
   *
   * @return the login's identifier
   */
  public String login() {
    return login;
  }

  /**
   * When the user signed in.
   *
   * @return the start, which no renewal moves
   */
  public Instant started() {
    return started;
  }

  /**
   * The absolute end.
   *
   * @return the moment after which nothing prolongs the session
   */
  public Instant end() {
    return end;
  }

  /**
   * When this token ends ({@code exp}, RFC 7519, section 4.1.4).
   *
   * @return the first moment at which the token doesn't count any more
   */
  public Instant expires() {
    return expires;
  }

  /**
   * When the user last showed who they are ({@code auth_time}, OpenID Connect Core 1.0, section 2).
   *
   * @return the moment, if the provider said so
   */
  public Optional<Instant> authTime() {
    return Optional.ofNullable(authTime);
  }

  /**
   * The provider's session ({@code sid}, OpenID Connect Back-Channel Logout 1.0, section 2.1).
   *
   * @return its identifier, if the provider said so
   */
  public Optional<String> providerSession() {
    return Optional.ofNullable(providerSession);
  }

  /**
   * When the provider issued the ID token of the login ({@code iat}, OpenID Connect Core 1.0,
   * section 2).
   *
   * @return the moment by the provider's clock; the start, by ours, where it is not known
   */
  public Instant issued() {
    return issued;
  }

  /**
   * From when on the token is to be renewed.
   *
   * @return the moment; empty where renewing wins nothing
   */
  public Optional<Instant> due() {
    return Optional.ofNullable(due);
  }

  /** Names the session by its identifier, which is no secret; never by its token. */
  @Override
  public String toString() {
    return "Session[" + id + "]";
  }
}
