package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.Session;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.testing.FakeProvider;
import io.gatekeeper.testing.TestClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Sessions that end before their time, as a program asks for it. */
class RevocationsTest {
  private static final String SECRET = "a session secret of this test, 0123456789abcdef";
  private static final String URL = "http://localhost:9999";

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = FakeProvider.start();
  private Gatekeeper gatekeeper = builder().build();

  private GatekeeperBuilder builder() {
    return Gatekeeper.builder(settings().build()).clock(clock);
  }

  private GatekeeperConfig.Builder settings() {
    return GatekeeperConfig.builder()
        .set("issuer", provider.issuer())
        .set("client-id", "client")
        .set("external-url", URL)
        .set("insecure-allow-http-issuer", true)
        .set("session-secrets", List.of(SECRET));
  }

  @AfterEach
  void close() {
    gatekeeper.close();
    provider.close();
  }

  private String token(String sid, String subject) {
    Identity identity =
        new Identity(
            subject, provider.issuer(), subject, null, null, false, null, List.of(), List.of());
    return new JwtSessionTokens(
            SessionKeys.of(List.of(SECRET)),
            URL,
            "client",
            new SessionTerms(Duration.ofHours(12)),
            clock)
        .issue(new NewSession(sid, identity, "login", null, null));
  }

  private static TestRequest request(String token) {
    return TestRequest.get("/page").host("localhost:9999").cookie("gatekeeper", token).program();
  }

  private void assertAffirmed(String token) {
    assertInstanceOf(Decision.Proceed.class, gatekeeper.check(request(token)));
  }

  private void assertRevoked(String token) {
    Decision.Respond refused =
        assertInstanceOf(Decision.Respond.class, gatekeeper.check(request(token)));
    assertEquals(Rejection.SESSION_REVOKED, refused.rejection().orElseThrow());
    assertEquals(401, refused.response().status());
  }

  @Test
  void administratorEndsOneSessionOneUsersOrAll() {
    String one = token("sid-1", "anna");
    String other = token("sid-2", "anna");
    String bobs = token("sid-3", "bob");
    Revocations revocations = gatekeeper.revocations();
    assertSame(revocations, gatekeeper.revocations());
    List.of(one, other, bobs).forEach(this::assertAffirmed);

    revocations.revoke(
        new Revocation.OfSession("sid-1", clock.instant().plus(Duration.ofHours(12))));
    assertRevoked(one);
    assertAffirmed(other);
    revocations.revoke(new Revocation.OfSubject(provider.issuer(), "anna", clock.instant()));
    assertRevoked(other);
    assertAffirmed(bobs);
    revocations.revoke(new Revocation.OfEverybody(clock.instant()));
    assertRevoked(bobs);

    clock.advance(Duration.ofSeconds(1));
    assertAffirmed(token("sid-4", "anna"));
  }

  @Test
  void revokedSessionIsNobodyOnAPublicPage() {
    gatekeeper.close();
    gatekeeper =
        Gatekeeper.builder(
                settings().set("rules", List.of(Map.of("path", "/**", "access", "public"))).build())
            .clock(clock)
            .build();
    String token = token("sid-1", "anna");
    assertEquals("anna", proceed(token).identity().orElseThrow().user());

    gatekeeper
        .revocations()
        .revoke(new Revocation.OfSubject(provider.issuer(), "anna", clock.instant()));

    assertTrue(proceed(token).identity().isEmpty());
    assertEquals("", proceed(token).identityHeaders().get("X-Auth-Request-User"));
  }

  private Decision.Proceed proceed(String token) {
    return assertInstanceOf(Decision.Proceed.class, gatekeeper.check(request(token)));
  }

  @Test
  void applicationThatSignsOutEndsCopiesToo() {
    String token = token("sid-1", "anna");
    assertAffirmed(token);

    gatekeeper.signOut(request(token));

    assertRevoked(token);
    assertAffirmed(token("sid-2", "anna"));
  }

  /** What a shared implementation needs: it is asked, it is told, and it may not be ready yet. */
  private static final class Shared implements Revocations {
    private final Set<Revocation> told = new HashSet<>();
    private volatile boolean ready;

    @Override
    public boolean covers(Session session) {
      return session.id().equals("revoked-elsewhere");
    }

    @Override
    public CompletionStage<Void> revoke(Revocation revocation) {
      told.add(revocation);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean ready() {
      return ready;
    }
  }

  @Test
  void sharedRevocationsTakeThePlaceOfThisProcessesOwn() throws Exception {
    Shared shared = new Shared();
    gatekeeper.close();
    gatekeeper = builder().revocations(shared).build();
    String here = token("sid-1", "anna");

    assertRevoked(token("revoked-elsewhere", "anna"));
    assertAffirmed(here);
    gatekeeper.signOut(request(here));
    assertTrue(
        shared.told.stream()
            .anyMatch(
                told -> told instanceof Revocation.OfSession one && one.session().equals("sid-1")),
        shared.told::toString);

    TestRequest login = TestRequest.get("/gatekeeper/login").host("localhost:9999").navigation();
    assertEquals(302, gatekeeper.serve(login).toCompletableFuture().get().status());
    assertFalse(gatekeeper.ready(), "what was revoked before is not known yet");
    shared.ready = true;
    assertTrue(gatekeeper.ready());
  }

  @Test
  void farewellThatNeedsASessionIsWarnedOf() {
    assertEquals(1, warnings("/goodbye", "/public/**"));
    assertEquals(0, warnings("/public/goodbye", "/public/**"));
    assertEquals(0, warnings("/gatekeeper/logged-out", "/public/**"));
    assertEquals(0, warnings("https://elsewhere.example/", "/public/**"));
  }

  private long warnings(String logoutRedirect, String publicPath) {
    Logger logger = (Logger) LoggerFactory.getLogger(Gatekeeper.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    Gatekeeper.of(
            settings()
                .set("logout-redirect", logoutRedirect)
                .set("rules", List.of(Map.of("path", publicPath, "access", "public")))
                .build())
        .close();
    logger.setLevel(before);
    logger.detachAppender(log);
    return log.list.stream()
        .filter(event -> event.getFormattedMessage().startsWith("logout-redirect"))
        .count();
  }
}
