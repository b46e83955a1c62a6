package io.gatekeeper.login;

import io.gatekeeper.identity.Rejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of asking the provider about a session: shared by all who asked at once or soon. */
sealed interface Refreshed {
  /** Whether who comes with the same refresh token now can have this answer too. */
  boolean isGood(Instant now);

  /**
   * The session goes on.
   *
   * @param token its next token
   * @param due when that wants to be renewed; null for never
   * @param grant what to keep from now on; null for what there was
   * @param rotated whether the refresh token asked with is used up
   */
  record Next(String token, @Nullable Instant due, @Nullable Grant grant, boolean rotated)
      implements Refreshed {
    /** Nobody may use a refresh token twice; where it stays the same, a due token asks again. */
    @Override
    public boolean isGood(Instant now) {
      return rotated || due == null || now.isBefore(due);
    }

    /** Never a token. */
    @Override
    public String toString() {
      return "Next[" + due + "]";
    }
  }

  /**
   * It doesn't.
   *
   * @param reason why
   * @param certain whether no other answer can be on its way
   */
  record Lost(Rejection reason, boolean certain) implements Refreshed {
    @Override
    public boolean isGood(Instant now) {
      return true;
    }
  }
}
