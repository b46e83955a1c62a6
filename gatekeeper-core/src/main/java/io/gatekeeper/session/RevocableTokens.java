package io.gatekeeper.session;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Session tokens, of which those of revoked sessions don't count: affirming and renewing alike read
 * them here. As safe for use by many threads as what it is made of.
 */
public final class RevocableTokens implements SessionTokens {
  private static final Verification REVOKED = new Verification.Refused(Rejection.SESSION_REVOKED);

  private final SessionTokens tokens;
  private final Revocations revocations;

  /**
   * Tokens that can be revoked.
   *
   * @param tokens makes and reads them
   * @param revocations which of them count no more
   */
  public RevocableTokens(SessionTokens tokens, Revocations revocations) {
    this.tokens = tokens;
    this.revocations = revocations;
  }

  @Override
  public String issue(NewSession session) {
    return tokens.issue(session);
  }

  @Override
  public String renew(Session session, Identity identity, @Nullable Instant recheck) {
    return tokens.renew(session, identity, recheck);
  }

  @Override
  public Verification verify(String token) {
    Verification verification = tokens.verify(token);
    return verification instanceof Verification.Valid valid && revocations.covers(valid.session())
        ? REVOKED
        : verification;
  }
}
