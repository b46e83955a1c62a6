package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.netty.EchoApplication;
import io.gatekeeper.netty.RealGateway;
import io.gatekeeper.netty.TestGateway;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The session secret is replaced, twice, while two processes behind one Envoy work with it. */
@Tag("dex")
@Shows("Two Gatekeepers with Dex")
class RotationTest {
  private static final String[] SECRETS = {
    "q8Jv2x7LkT4mZ0sWc9RbYp3NfHd6EgUa",
    "Xw5Cn1QeVt8BzKo7MiLr4GyPs2DhFj9u",
    "k3Tn9RbWm1XcQz6YvLp4HsJd8GfEa2Uo",
    "Zp7Vd2MxKq5SnBt9WfRj1LhYc6GoEu3A"
  };
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Envoy takes the processes in turn, so these are of both. */
  private static final int LOGINS = 4;

  /** How many requests come between two logins. */
  private static final int PACE = 200;

  private final EchoApplication application = EchoApplication.start();
  private RealGateway gateway;
  private String base;
  private Dex dex;
  private List<Replica> replicas;
  private Load load;
  private int next;

  /** Which secrets have signed so many sessions in a row. */
  private final Set<Integer> alone = new HashSet<>();

  @BeforeEach
  void start() throws IOException {
    gateway = new RealGateway(RealGateway.Kind.ENVOY, this::configured);
    base = "http://localhost:" + gateway.address().getPort();
    dex = new Dex(base, List.of());
    replicas = List.of(replica(), replica());
    Replica one = replicas.get(0);
    dex.start();
    gateway.route(new TestGateway.Routes(one.checks(), one.endpoints(), application.address()));
    replicas.forEach(Replica::start);
    load =
        new Load(
            "localhost:" + gateway.address().getPort(),
            replicas.stream().map(Replica::checks).toList());
  }

  @AfterEach
  void stop() {
    load.close();
    gateway.close();
    replicas.forEach(Replica::close);
    dex.close();
    application.close();
  }

  private Replica replica() {
    Map<String, Object> settings = new LinkedHashMap<>(dex.settings());
    settings.put("external-url", base);
    settings.put("path-prefix", "/check");
    settings.put("rules", List.of(Map.of("path", "/dex/**", "access", "public")));
    // The files are looked at every five seconds, and count at the second look.
    settings.put("rotation-delay", "12s");
    return new Replica(settings, SECRETS[1], SECRETS[0]);
  }

  private String configured(String text) {
    String routed = ShippedFile.withProvider(text, dex.address().getPort());
    Replica one = replicas.get(0);
    Replica two = replicas.get(1);
    return beside(beside(routed, one.checks(), two.checks()), one.endpoints(), two.endpoints());
  }

  private static String beside(String text, InetSocketAddress one, InetSocketAddress two) {
    return text.replaceAll(
        "(?m)^(.*- endpoint: .*port_value: )" + one.getPort() + "(}.*)$",
        "$0\n$1" + two.getPort() + "$2");
  }

  @Test
  void noRequestLosesItsSessionWhileTheSecretIsReplacedTwice() {
    signIn();
    replace(replicas.get(0), replicas.get(1), 2);
    replace(replicas.get(1), replicas.get(0), 3);
    signInUntil(() -> alone.contains(3));

    int seen = load.requests() + load.round();
    Await.until(PATIENCE, () -> load.requests() > seen, () -> "no more requests");
    assertEquals(List.of(), load.lost());
    assertTrue(alone.containsAll(List.of(2, 3)), () -> "each in its turn, at both: " + alone);
    assertTrue(load.requests() > 10_000, "the control: " + load.requests());
    load.add("ey.forged." + SECRETS[3]);
    Await.until(PATIENCE, () -> !load.lost().isEmpty(), () -> "the control: a forged session");
  }

  /** While people sign in; the second process gets the files when the first has read them. */
  private void replace(Replica early, Replica late, int newest) {
    long before = late.changes();
    long earlier = early.changes();
    write(early, newest);
    signInUntil(() -> early.changes() > earlier);
    assertEquals(before, late.changes(), "the control: it is late");
    write(late, newest);
    signInUntil(() -> late.changes() > before);
  }

  private static void write(Replica replica, int newest) {
    String[] former = new String[newest];
    for (int i = 0; i < newest; i++) {
      former[i] = SECRETS[newest - 1 - i];
    }
    replica.write(SECRETS[newest], former);
  }

  private void signInUntil(Await.Condition condition) {
    Await.until(
        PATIENCE,
        () -> {
          if (load.requests() < next) {
            return false;
          }
          signIn();
          next = load.requests() + PACE;
          return condition.holds();
        },
        () -> "never: " + alone + "\n" + replicas.get(0).output());
  }

  private void signIn() {
    TestBrowser browser = new TestBrowser();
    Page form = browser.openAndFollow(base + "/page");
    Page page = dex.signIn(browser, form, dex.person()).followAll();
    if (!Echo.isApplication(page)) {
      throw new AssertionError("a login: " + page);
    }
    load.add(browser.cookie(Picture.SESSION));
    List<String> sessions = load.sessions();
    Set<Integer> signers =
        signers(sessions.subList(Math.max(0, sessions.size() - LOGINS), sessions.size()));
    if (signers.size() == 1) {
      alone.addAll(signers);
    }
  }

  /** Which of the secrets have signed these sessions. */
  private static Set<Integer> signers(List<String> sessions) {
    Set<Integer> signers = new HashSet<>();
    for (String session : sessions) {
      String head = session.substring(0, session.indexOf('.'));
      String header = new String(Base64.getUrlDecoder().decode(head), ISO_8859_1);
      for (int i = 0; i < SECRETS.length; i++) {
        if (header.contains("\"" + SessionKeys.of(List.of(SECRETS[i])) + "\"")) {
          signers.add(i);
        }
      }
    }
    return signers;
  }
}
