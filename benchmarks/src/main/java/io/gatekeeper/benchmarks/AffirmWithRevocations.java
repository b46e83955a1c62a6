package io.gatekeeper.benchmarks;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.JwtSessionTokens;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import io.gatekeeper.session.SessionKeys;
import io.gatekeeper.session.SessionTerms;
import io.gatekeeper.session.SessionTokens.NewSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Affirming a request by its session: with nothing revoked, and with a million revocations. By the
 * median, which a busy machine moves least.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class AffirmWithRevocations {
  private static final int MILLION = 1_000_000;
  private static final String SECRET = "a session secret of this benchmark, 0123456789";
  private static final String IDP = "https://provider.example.com";
  private static final String URL = "https://app.example.com";

  /** What is revoked: nothing, a million sign-outs, or a million of all kinds. */
  @Param({"none", "sign-outs", "all-kinds"})
  public String revoked;

  private Gatekeeper gatekeeper;
  private CookieRequest request;

  @Setup
  public void start() {
    gatekeeper =
        Gatekeeper.of(
            GatekeeperConfig.builder()
                .set("issuer", IDP)
                .set("client-id", "client")
                .set("external-url", URL)
                .set("session-secrets", List.of(SECRET))
                .build());
    for (int i = 0; i < (revoked.equals("none") ? 0 : MILLION); i++) {
      revoke(gatekeeper.revocations(), revoked.equals("sign-outs") ? 0 : i % 4, "other-" + i);
    }
    Identity identity =
        new Identity(
            "anna",
            IDP,
            "anna",
            "Anna Example",
            "anna@example.com",
            true,
            null,
            List.of("one", "two", "three", "four", "five"),
            List.of("one", "two", "three", "four", "five"));
    String token =
        new JwtSessionTokens(
                SessionKeys.of(List.of(SECRET)),
                URL,
                "client",
                new SessionTerms(Duration.ofHours(12)),
                Clock.systemUTC())
            .issue(new NewSession("sid", identity, "login", Instant.now(), "idp-sid"));
    request = new CookieRequest("__Host-gatekeeper=" + token);
    if (!(affirm() instanceof Decision.Proceed)) {
      throw new IllegalStateException("the session is not affirmed");
    }
  }

  private static void revoke(Revocations revocations, int kind, String whose) {
    Instant now = Instant.now();
    revocations.revoke(
        switch (kind) {
          case 0 -> new Revocation.OfSession(whose, now.plus(Duration.ofHours(12)));
          case 1 -> new Revocation.OfProviderSession(IDP, whose, now);
          case 2 -> new Revocation.OfProviderSubject(IDP, whose, now);
          default -> new Revocation.OfSubject(IDP, whose, now);
        });
  }

  @TearDown
  public void stop() {
    gatekeeper.close();
  }

  @Benchmark
  public Decision affirm() {
    return gatekeeper.check(request);
  }

  public static void main(String[] arguments) throws RunnerException {
    Map<String, Double> nanos = new TreeMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder().include(AffirmWithRevocations.class.getSimpleName()).build())
            .run()) {
      nanos.put(
          result.getParams().getParam("revoked"),
          result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    double none = nanos.get("none");
    nanos.forEach(
        (revoked, time) ->
            System.out.printf("%-10s %8.0f ns  %.2f times none%n", revoked, time, time / none));
  }
}
