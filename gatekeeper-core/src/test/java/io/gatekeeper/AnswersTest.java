package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersTest {
  private static final Set<Integer> UNDERSTOOD = Set.of(302, 400, 401, 403);
  private final Site site = Site.of(URI.create("https://app.example.com/base"), "/gatekeeper");

  static Stream<Arguments> everything() {
    return Stream.of(Rejection.values())
        .flatMap(reason -> Stream.of(RequestKind.values()).map(kind -> Arguments.of(reason, kind)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void gatewayIsToldOnlyWhatItUnderstands(Rejection reason, RequestKind kind) {
    Response answer =
        Answers.THROUGH_GATEWAY.refusal(reason, kind, site, site.target("/base/page?x=1"));

    assertTrue(UNDERSTOOD.contains(answer.status()), () -> reason + ": " + answer.status());
    assertEquals(answer.status() == 302, answer.header("Location").isPresent());
    if (answer.status() == 302) {
      assertEquals(
          "https://app.example.com/base/gatekeeper/error?code="
              + reason.code()
              + "&return=%2Fbase%2Fpage%3Fx%3D1",
          answer.header("Location").orElseThrow());
    } else {
      assertTrue(answer.text().contains("\"" + reason.code() + "\""), answer::text);
    }
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void programIsNeverSentAnywhere(Rejection reason) {
    for (Answers answers : Answers.values()) {
      Response answer = answers.refusal(reason, RequestKind.PROGRAM, site, site.home());

      assertTrue(answer.status() >= 400, reason::toString);
      assertEquals(Optional.empty(), answer.header("Location"));
      assertEquals("application/problem+json", answer.header("Content-Type").orElseThrow());
      assertEquals(answer.status() == 401, answer.header("WWW-Authenticate").isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void clientItselfIsToldTheStatus(Rejection reason, RequestKind kind) {
    Response answer = Answers.IN_PERSON.refusal(reason, kind, site, site.home());

    assertEquals(reason.status(), answer.status());
    assertEquals(reason.status() == 503, answer.header("Retry-After").isPresent());
    answer.header("Retry-After").ifPresent(after -> assertTrue(Integer.parseInt(after) > 0));
    assertTrue(answer.header("Cache-Control").orElse("").contains("no-store"));
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void noRejectionLetsAnythingBy(Rejection reason) {
    assertTrue(reason.status() >= 400 && reason.status() < 600);
    assertEquals(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), reason.code());
  }
}
