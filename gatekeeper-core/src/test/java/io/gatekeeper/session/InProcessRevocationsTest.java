package io.gatekeeper.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessRevocationsTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final String IDP = "https://provider.example.com";

  private final SettableClock clock = new SettableClock();
  private final InProcessRevocations revocations = new InProcessRevocations(LIFETIME, clock);

  /** Stands still until it is set. */
  private static final class SettableClock extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private record Made(String id, String idp, String subject, String providerSession) {
    Session at(Instant started, Instant issued) {
      Identity identity =
          new Identity(subject, idp, subject, null, null, false, null, List.of(), List.of());
      Instant end = started.plus(LIFETIME);
      return new Session(
          id, identity, "login", started, end, end, null, providerSession, issued, null);
    }

    Session at(Instant started) {
      return at(started, started);
    }
  }

  private static final Made ALICE = new Made("sid-1", IDP, "alice", "idp-1");
  private static final Made ALICE_AGAIN = new Made("sid-2", IDP, "alice", "idp-2");
  private static final Made BOB = new Made("sid-3", IDP, "bob", null);

  @Test
  void nothingIsRevokedAtFirst() {
    assertFalse(revocations.covers(ALICE.at(START)));
    assertTrue(revocations.ready());
  }

  @Test
  void oneSessionIsRevokedByItsOwnIdentifier() {
    revocations.revoke(new Revocation.OfSession("sid-1", START.plus(LIFETIME)));

    assertTrue(revocations.covers(ALICE.at(START)));
    assertFalse(revocations.covers(ALICE_AGAIN.at(START)));
    assertFalse(revocations.covers(BOB.at(START)));
  }

  @Test
  void sessionAtTheProviderTakesThoseThatComeFromIt() {
    revocations.revoke(new Revocation.OfProviderSession(IDP, "idp-1", START));

    assertTrue(revocations.covers(ALICE.at(START)));
    assertFalse(revocations.covers(ALICE_AGAIN.at(START)));
    assertFalse(revocations.covers(BOB.at(START)));
    assertFalse(
        revocations.covers(new Made("x", "https://other.example", "alice", "idp-1").at(START)));
  }

  @Test
  void subjectTakesAllSessionsOfOneUserAtOneProvider() {
    revocations.revoke(new Revocation.OfSubject(IDP, "alice", START));

    assertTrue(revocations.covers(ALICE.at(START)));
    assertTrue(revocations.covers(ALICE_AGAIN.at(START)));
    assertFalse(revocations.covers(BOB.at(START)));
    assertFalse(
        revocations.covers(new Made("x", "https://other.example", "alice", null).at(START)));
  }

  @Test
  void everybodyIsEverybody() {
    revocations.revoke(new Revocation.OfEverybody(START));

    assertTrue(revocations.covers(ALICE.at(START)));
    assertTrue(revocations.covers(BOB.at(START.minusSeconds(1))));
    assertFalse(revocations.covers(BOB.at(START.plusSeconds(1))));
  }

  @Test
  void namesOfDifferentKindsDoNotMix() {
    revocations.revoke(new Revocation.OfSession("alice", START.plus(LIFETIME)));
    revocations.revoke(new Revocation.OfProviderSession(IDP, "alice", START));
    revocations.revoke(new Revocation.OfSubject(IDP, "sid-1", START));
    revocations.revoke(new Revocation.OfProviderSubject(IDP, "idp-1", START));

    assertFalse(revocations.covers(ALICE.at(START)));
  }

  @Test
  void providerTellsByItsOwnClockAndAnAdministratorByOurs() {
    // The provider's clock is a minute ahead, so each session seems a minute younger there.
    Instant there = START.plusSeconds(60);
    Session session = ALICE.at(START, there);

    revocations.revoke(new Revocation.OfProviderSubject(IDP, "alice", there.minusSeconds(1)));
    revocations.revoke(new Revocation.OfProviderSession(IDP, "idp-1", there.minusSeconds(1)));
    assertFalse(revocations.covers(session), "signed in after the provider's word");

    revocations.revoke(new Revocation.OfProviderSubject(IDP, "alice", there));
    assertTrue(revocations.covers(session));

    revocations.revoke(new Revocation.OfSubject(IDP, "bob", START));
    assertTrue(revocations.covers(BOB.at(START, there)));
    assertFalse(revocations.covers(BOB.at(START.plusSeconds(1), START)));
  }

  @Test
  void theSameAgainOrAnOlderOneChangesNothing() {
    revocations.revoke(new Revocation.OfProviderSession(IDP, "idp-1", START));
    Session later = ALICE.at(START.plusSeconds(1));
    clock.now = START.plusSeconds(300);

    revocations.revoke(new Revocation.OfProviderSession(IDP, "idp-1", START));
    revocations.revoke(new Revocation.OfProviderSession(IDP, "idp-1", START.minusSeconds(9)));

    assertFalse(revocations.covers(later));
    assertTrue(revocations.covers(ALICE.at(START)));
  }

  @Test
  void whatCanNoLongerMatterIsForgotten() {
    RevocationTable table = new RevocationTable(10);
    table.add(0, RevocationTable.Kind.SESSION, 0, 1_000, "one");
    table.add(0, RevocationTable.Kind.SUBJECT, 5, 2_000, "some");
    assertEquals(2, table.size());

    table.add(999, RevocationTable.Kind.SESSION, 0, 999, "over");
    assertEquals(2, table.size(), "one that is over already is not kept");
    table.add(1_100, RevocationTable.Kind.SESSION, 0, 9_000, "another");
    assertEquals(2, table.size(), "the first has ended");
    assertFalse(table.covers(RevocationTable.Kind.SESSION, 0, "one"));
    assertTrue(table.covers(RevocationTable.Kind.SUBJECT, 5, "some"));
    assertFalse(table.covers(RevocationTable.Kind.SUBJECT, 6, "some"));
    assertTrue(table.covers(RevocationTable.Kind.SESSION, 0, "another"));
  }

  @Test
  void kindThatIsForgottenCostsNothingAnyMore() {
    RevocationTable table = new RevocationTable(10);
    assertTrue(table.isEmpty());
    table.add(0, RevocationTable.Kind.EVERYBODY, 900, 1_001, "");
    assertFalse(table.isEmpty());
    assertTrue(table.covers(RevocationTable.Kind.EVERYBODY, 900, ""));

    table.add(1_100, RevocationTable.Kind.SESSION, 0, 1_101, "two");

    assertTrue(table.covers(RevocationTable.Kind.SESSION, 0, "two"));
    assertFalse(table.covers(RevocationTable.Kind.EVERYBODY, 900, ""));
    assertEquals(1, table.size());
  }

  @Test
  void revocationOfASubjectOutlivesEverySessionThatItCovers() {
    // An ID token of ten minutes, by a clock that is five minutes behind, on the last second.
    Session latest = ALICE.at(START.plusSeconds(900), START);
    revocations.revoke(new Revocation.OfProviderSubject(IDP, "alice", START));

    clock.now = latest.end().minusSeconds(1);
    revocations.revoke(new Revocation.OfSession("other", latest.end().plusSeconds(9)));
    assertTrue(revocations.covers(latest));
  }

  @Test
  void whenItIsFullNothingRevokedCountsAgainAndTheOldestSessionsEndEarly() {
    InProcessRevocations few = new InProcessRevocations(LIFETIME, clock, 32);
    Instant first = START.plus(LIFETIME);
    for (int i = 0; i < 32; i++) {
      few.revoke(new Revocation.OfSession("s" + i, first.plusSeconds(i)));
    }
    Session oldest = ALICE.at(START);
    Session younger = BOB.at(START.plusSeconds(3));
    assertFalse(few.covers(oldest), "the control: there is room");

    for (int i = 32; i < 34; i++) {
      few.revoke(new Revocation.OfSession("s" + i, first.plusSeconds(i)));
    }

    for (int i = 0; i < 34; i++) {
      Session revoked = new Made("s" + i, IDP, "u" + i, null).at(START.plusSeconds(i));
      assertTrue(few.covers(revoked), "s" + i);
    }
    assertTrue(few.covers(oldest), "it ends with those that gave way");
    assertFalse(few.covers(younger));
  }

  @Test
  void momentsBeyondAllTimeAreNoMistake() {
    revocations.revoke(new Revocation.OfSession("sid-1", Instant.MAX));
    revocations.revoke(new Revocation.OfSubject(IDP, "bob", Instant.MAX));
    revocations.revoke(new Revocation.OfEverybody(Instant.MIN));

    assertTrue(revocations.covers(ALICE.at(START)));
    assertTrue(revocations.covers(BOB.at(START)));
    assertFalse(revocations.covers(ALICE_AGAIN.at(START)));
  }
}
