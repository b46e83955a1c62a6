package io.gatekeeper.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.WatchfulGatekeepers;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.TestRequest;
import io.gatekeeper.session.SessionKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Several Gatekeepers behind one address, each with a secrets file of its own; and everybody who
 * has signed in asking each of them, a request a millisecond, from the beginning.
 */
final class Replicas implements AutoCloseable {
  private static final Logger WATCH =
      (Logger) LoggerFactory.getLogger("io.gatekeeper.SecretsWatch");

  private final FakeProvider provider = FakeProvider.start();
  private final LoopbackServer balancer = new LoopbackServer();
  private final TestClock clock = new TestClock();
  private final Duration delay;
  private final List<Path> files = new ArrayList<>();
  private final AtomicReferenceArray<Gatekeeper> gatekeepers;
  private volatile int completing;
  private final List<String> sessions = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> changes = new ListAppender<>();
  private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

  Replicas(int count, Duration delay, String... secrets) throws IOException {
    this.delay = delay;
    gatekeepers = new AtomicReferenceArray<>(count);
    for (int i = 0; i < count; i++) {
      files.add(Files.createTempFile("session-secrets", ""));
      write(i, secrets);
      gatekeepers.set(i, start(i));
    }
    changes.start();
    WATCH.setLevel(Level.INFO);
    WATCH.setAdditive(false);
    WATCH.addAppender(changes);
    balancer.handle(this::answer);
    var unused = load.scheduleAtFixedRate(this::ask, 0, 1, TimeUnit.MILLISECONDS);
  }

  private Gatekeeper start(int replica) {
    return WatchfulGatekeepers.of(
        GatekeeperConfig.builder()
            .set("issuer", provider.issuer())
            .set("client-id", provider.clientId())
            .set("client-secret", provider.clientSecret())
            .set("external-url", base())
            .set("session-secret-files", List.of(files.get(replica)))
            .set("rotation-delay", delay)
            .build(),
        clock);
  }

  private String base() {
    return "http://localhost:" + balancer.port();
  }

  /** One replica begins every login, and another completes it. */
  private Response answer(LoopbackServer.Request request) throws Exception {
    boolean callback = request.target().startsWith("/gatekeeper/callback");
    int replica = callback ? completing : (completing + 1) % gatekeepers.length();
    Decision decision = gatekeepers.get(replica).handle(request).toCompletableFuture().get();
    return decision instanceof Decision.Respond respond ? respond.response() : Response.of(200);
  }

  /** Puts a new list in place of the old one, at once and whole. */
  void write(int replica, String... secrets) throws IOException {
    Path next = Files.createTempFile("session-secrets", "");
    Files.writeString(next, String.join("\n", secrets) + "\n");
    Files.move(next, files.get(replica), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same, and waits until the replica has read it. */
  void rewrite(int replica, String... secrets) throws Exception {
    int before = changes();
    write(replica, secrets);
    await(() -> changes() > before);
    askAll();
  }

  private int changes() {
    synchronized (changes) {
      return List.copyOf(changes.list).size();
    }
  }

  /** Ends a replica, and starts it with what its file holds now. */
  void restart(int replica) throws Exception {
    Gatekeeper before = gatekeepers.getAndSet(replica, start(replica));
    askAll();
    before.close();
  }

  /** Moves everybody's clock. */
  void advance(Duration duration) throws Exception {
    clock.advance(duration);
    askAll();
  }

  /**
   * As many people as there are replicas sign in, so that each replica completes one login that
   * another has begun.
   *
   * @return which of these secrets have signed the sessions
   */
  Set<String> signIn(String... secrets) throws Exception {
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < gatekeepers.length(); i++) {
      completing = i;
      TestBrowser browser = new TestBrowser();
      Page page = browser.open(base() + "/page");
      while (page.redirects() && browser.cookie("gatekeeper") == null) {
        page = page.follow();
      }
      if (browser.cookie("gatekeeper") == null) {
        lost.add("a login, at replica " + i + ": " + page);
      } else {
        fresh.add(browser.cookie("gatekeeper"));
      }
    }
    sessions.addAll(fresh);
    askAll();
    return signedBy(fresh, secrets);
  }

  /** Which of these secrets have signed the sessions so far. */
  Set<String> signedBy(String... secrets) {
    return signedBy(sessions, secrets);
  }

  private static Set<String> signedBy(List<String> tokens, String... secrets) {
    Set<String> signers = new HashSet<>();
    for (String token : tokens) {
      String header =
          new String(
              Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), ISO_8859_1);
      for (String secret : secrets) {
        if (header.contains("\"" + SessionKeys.of(List.of(secret)) + "\"")) {
          signers.add(secret);
        }
      }
    }
    return signers;
  }

  private void ask() {
    if (sessions.isEmpty()) {
      return;
    }
    int number = requests.getAndIncrement();
    int replica = number % gatekeepers.length();
    String session = sessions.get(number / gatekeepers.length() % sessions.size());
    TestRequest request =
        TestRequest.get("/page").host("localhost:" + balancer.port()).cookie("gatekeeper", session);
    Decision decision = gatekeepers.get(replica).check(request.program());
    if (!(decision instanceof Decision.Proceed proceed) || proceed.identity().isEmpty()) {
      lost.add("request " + number + " at replica " + replica + ": " + decision);
    }
  }

  /** Waits until each session has been seen by each replica as it is now. */
  private void askAll() throws Exception {
    int enough = requests.get() + (sessions.isEmpty() ? 0 : 1 + sessions.size() * 2 * 2);
    await(() -> requests.get() >= enough);
  }

  /** How many there were. */
  int requests() {
    return requests.get();
  }

  /** The requests that were not affirmed, and the logins that led to no session. */
  List<String> lost() {
    return lost;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertTrue(condition.getAsBoolean());
  }

  @Override
  public void close() {
    load.shutdownNow();
    WATCH.detachAppender(changes);
    WATCH.setLevel(null);
    WATCH.setAdditive(true);
    balancer.close();
    for (int i = 0; i < gatekeepers.length(); i++) {
      gatekeepers.get(i).close();
    }
    provider.close();
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
