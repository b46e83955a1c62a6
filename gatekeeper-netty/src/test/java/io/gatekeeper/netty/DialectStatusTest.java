package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.Decision;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.GatekeeperConfig.Gateway;
import io.gatekeeper.RefusedChecks;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/design/auth-check.md: what each gateway hears of each decision. */
class DialectStatusTest {
  private static final List<Integer> UNDERSTOOD_BY_NGINX = List.of(401, 403);

  private static Dialect dialect(Gateway gateway) {
    return Dialect.of(
        new GatekeeperConfig.Server(gateway, "[::1]:0", "[::1]:0", "[::1]:0", "", List.of()));
  }

  static Stream<Arguments> everything() {
    return Stream.of(Gateway.values())
        .flatMap(
            gateway ->
                Stream.of(Rejection.values())
                    .flatMap(
                        reason ->
                            Stream.of(RequestKind.values())
                                .map(kind -> Arguments.of(gateway, reason, kind))));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void everyRefusalHasItsStatus(Gateway gateway, Rejection reason, RequestKind kind) {
    Response answer = dialect(gateway).answer(RefusedChecks.of(reason, kind));

    int expected = gateway == Gateway.NGINX ? toNginx(reason) : toOthers(reason, kind);
    assertEquals(expected, answer.status());
  }

  private static int toNginx(Rejection reason) {
    return reason.status() == 401 ? 401 : 403;
  }

  /** People are sent to a page, programs are told; what can't be read is a 400 for everybody. */
  private static int toOthers(Rejection reason, RequestKind kind) {
    boolean program = kind == RequestKind.PROGRAM;
    return switch (reason.status()) {
      case 400 -> reason == Rejection.HOST_UNKNOWN && !program ? 302 : 400;
      case 401 -> program ? 401 : 302;
      default -> program ? 403 : 302;
    };
  }

  @ParameterizedTest
  @MethodSource("everything")
  void refusalSaysWhatItsStatusNeedsAndNothingThatAnApplicationWouldBelieve(
      Gateway gateway, Rejection reason, RequestKind kind) {
    Response answer = dialect(gateway).answer(RefusedChecks.of(reason, kind));

    List<String> names = answer.headers().stream().map(Response.Header::name).toList();
    if (gateway == Gateway.NGINX) {
      assertEquals(List.of("Cache-Control"), names);
      assertEquals(0, answer.body().length);
      return;
    }
    assertTrue(names.contains("Cache-Control"), names::toString);
    // Absolute: Traefik resolves any other against the address of the check.
    answer.header("Location").ifPresent(to -> assertTrue(to.startsWith("https://"), to));
    assertEquals(answer.status() == 302, names.contains("Location"), names::toString);
    assertEquals(answer.status() == 401, names.contains("WWW-Authenticate"), names::toString);
    boolean begins = reason.status() == 401 && kind == RequestKind.NAVIGATION;
    assertEquals(begins, names.contains("Set-Cookie"), names::toString);
    assertFalse(names.contains("Cookie") || names.contains("X-User"), names::toString);
  }

  @ParameterizedTest
  @EnumSource(Gateway.class)
  void proceedingIsA200WithEveryIdentityHeaderTheCookieAndNothingElse(Gateway gateway) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-User", "anna");
    headers.put("X-Groups", "");

    Response answer =
        dialect(gateway)
            .answer(new Decision.Proceed(Identity.of("anna"), "sid", headers, "a=1; b=2"));

    assertEquals(200, answer.status());
    assertEquals(
        List.of(
            new Response.Header("X-User", "anna"),
            new Response.Header("X-Groups", ""),
            new Response.Header("Cookie", "a=1; b=2")),
        answer.headers());
    assertEquals(0, answer.body().length);
  }

  /** Whatever the core answers, by mistake too. */
  @ParameterizedTest
  @EnumSource(Gateway.class)
  void nothingButProceedingIsEverA2xxOrA5xx(Gateway gateway) {
    Dialect dialect = dialect(gateway);
    Stream<Decision.Respond> responds =
        IntStream.range(100, 600)
            .boxed()
            .flatMap(
                status ->
                    Stream.concat(Stream.of((Rejection) null), Stream.of(Rejection.values()))
                        .map(reason -> new Decision.Respond(Response.of(status), reason)));
    Stream<Response> others = Stream.of(dialect.malformed(), dialect.failed());

    Stream.concat(responds.map(dialect::answer), others)
        .forEach(
            answer -> {
              assertTrue(answer.status() >= 300 && answer.status() < 500, answer::toString);
              assertTrue(
                  gateway != Gateway.NGINX || UNDERSTOOD_BY_NGINX.contains(answer.status()),
                  answer::toString);
            });
  }
}
