package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.testing.WrittenPage;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationTest {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final Set<String> HEADERS = Set.of("Cookie", "Set-Cookie", "Host");
  private final Site site = Site.of(URI.create("https://app.example.com/base"), "/gatekeeper");

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void everySettingThatIsNamedIsThere(Rejection rejection) {
    String operator = Explanation.of(rejection, site).operator();

    CODE.matcher(operator)
        .results()
        .map(MatchResult::group)
        .map(quoted -> quoted.replace("`", ""))
        .filter(word -> !HEADERS.contains(word))
        .forEach(word -> assertTrue(Setting.of(word).isPresent(), word));
    assertEquals(0, operator.chars().filter(c -> c == '`').count() % 2, operator);
  }

  @ParameterizedTest
  @EnumSource(
      value = Rejection.class,
      mode = EnumSource.Mode.MATCH_ANY,
      names = {"ID_TOKEN_.*", "PROVIDER_.*", "STATE_.*", "SESSION_NOT_.*", ".*_REFUSED"})
  void loginThatFailsIsExplained(Rejection rejection) {
    if (rejection == Rejection.REFRESH_REFUSED) {
      return; // No page: the person signs in again.
    }
    Explanation explanation = Explanation.of(rejection, site);

    assertFalse(explanation.person().isEmpty() && explanation.operator().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void pageShowsTheExplanationWithoutItsQuotes(Rejection rejection) {
    Response page = Pages.error(rejection, "", 400, site, site.home());

    assertFalse(page.text().contains("`"), page::text);
    assertTrue(page.text().contains("<code>" + rejection.code() + "</code>"));
    boolean operator = !Explanation.of(rejection, site).operator().isEmpty();
    assertEquals(operator, page.text().contains("For whoever runs this site"), page::text);
  }

  @Test
  void addressesAreThoseOfTheSettings() {
    String cookies = Pages.error(Rejection.COOKIES_REFUSED, "", 400, site, site.home()).text();
    String client = Pages.error(Rejection.REQUEST_REFUSED, "", 400, site, site.home()).text();

    assertTrue(
        cookies.contains("<code>external-url</code>, which is https://app.example.com/base"));
    assertTrue(cookies.contains("only over TLS"), cookies);
    assertTrue(client.contains("https://app.example.com/base/gatekeeper/callback"), client);
  }

  @Test
  void sentenceOfTheOccasionIsEscaped() {
    String page =
        Pages.error(Rejection.PROVIDER_ERROR, "<b>`a`</b>", 400, site, site.home()).text();

    assertTrue(page.contains("<p>&lt;b&gt;<code>a</code>&lt;/b&gt;</p>"), page);
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void codeThatIsExplainedIsInTheDocumentation(Rejection rejection) throws IOException {
    String page = WrittenPage.text("troubleshooting.md");
    boolean explained = !Explanation.of(rejection, site).operator().isEmpty();
    boolean listed =
        page.contains("`" + rejection.code() + "`")
            || (page.contains("`id-token-…`") && rejection.code().startsWith("id-token-"));

    assertTrue(listed || !explained, rejection::code);
  }
}
