package io.gatekeeper.session;

import io.gatekeeper.session.RevocationTable.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The revocations that this process was told of; a restart forgets them, and no other process
 * learns of them. They are kept until the sessions that they cover have ended anyhow. Safe for use
 * by many threads; {@link #covers} takes no lock.
 */
public final class InProcessRevocations implements Revocations {
  /** The most that are held at once. */
  public static final int MOST = 1_000_000;

  /**
   * How much later than its ID token was issued a session may start: ID tokens of ten minutes count
   * still, and clocks may differ by five.
   */
  private static final Duration START_AFTER_ISSUE = Duration.ofMinutes(16);

  private final RevocationTable table;
  private final long longest;
  private final Clock clock;

  /**
   * None yet.
   *
   * @param lifetime the longest that any session may last: {@code session.lifetime}, and while
   *     sessions from before it was shortened are around, as much as it was
   * @param clock the time
   */
  public InProcessRevocations(Duration lifetime, Clock clock) {
    this(lifetime, clock, MOST);
  }

  InProcessRevocations(Duration lifetime, Clock clock, int most) {
    this.table = new RevocationTable(most);
    this.longest = lifetime.plus(START_AFTER_ISSUE).toSeconds();
    this.clock = clock;
  }

  @Override
  public boolean covers(Session session) {
    return !table.isEmpty() && isCovered(session);
  }

  private boolean isCovered(Session session) {
    String idp = session.identity().issuer();
    String subject = session.identity().subject();
    long started = session.started().getEpochSecond();
    long issued = session.issued().getEpochSecond();
    return table.endsEarly(session.end().getEpochSecond())
        || table.covers(Kind.EVERYBODY, started, "")
        || table.covers(Kind.SESSION, 0, session.id())
        || table.covers(Kind.SUBJECT, started, idp, subject)
        || table.covers(Kind.PROVIDER_SUBJECT, issued, idp, subject)
        || (session.providerSession().isPresent()
            && table.covers(
                Kind.PROVIDER_SESSION, issued, idp, session.providerSession().orElseThrow()));
  }

  @Override
  public CompletionStage<Void> revoke(Revocation revocation) {
    if (revocation instanceof Revocation.OfSession one) {
      table.add(now(), Kind.SESSION, 0, one.end().getEpochSecond(), one.session());
    } else if (revocation instanceof Revocation.OfProviderSession some) {
      add(Kind.PROVIDER_SESSION, some.issued(), some.idp(), some.session());
    } else if (revocation instanceof Revocation.OfProviderSubject some) {
      add(Kind.PROVIDER_SUBJECT, some.issued(), some.idp(), some.subject());
    } else if (revocation instanceof Revocation.OfSubject some) {
      add(Kind.SUBJECT, some.moment(), some.idp(), some.subject());
    } else if (revocation instanceof Revocation.OfEverybody all) {
      add(Kind.EVERYBODY, all.moment(), "");
    }
    return CompletableFuture.completedFuture(null);
  }

  private void add(Kind kind, Instant moment, String... key) {
    long second = moment.getEpochSecond();
    table.add(now(), kind, second, second + longest, key);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
