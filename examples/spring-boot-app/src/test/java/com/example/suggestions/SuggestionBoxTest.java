package com.example.suggestions;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.testing.ExampleContract;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The suggestion box, guarded by the filter; its rules are still Spring Security's. */
class SuggestionBoxTest extends ExampleContract {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern REMOVE = Pattern.compile("action=\"(/suggestions/\\d+/remove)\"");

  @Override
  protected String mainClass() {
    return SuggestionBox.class.getName();
  }

  @Override
  protected String readyLine() {
    return "Started SuggestionBox";
  }

  @Override
  protected String page() {
    return "/?sort=most%20liked&x=a%26b";
  }

  @Override
  protected String groupPage() {
    return "/review";
  }

  @Override
  protected String group() {
    return "editors";
  }

  @Test
  void pageGreetsWhoIsSignedIn() {
    Page page = signIn(new TestBrowser(), "Ada");

    assertTrue(page.body().contains("<span class=\"user\">ada@example.com</span>"), page::toString);
    assertTrue(page.body().contains("<b>most liked</b>"), page::toString);
  }

  @Test
  void formWorksWithSpringsTokenAndNotWithoutIt() {
    TestBrowser ada = new TestBrowser();
    String csrf = csrf(signIn(ada, "Ada"));
    String url = base() + "/suggestions";

    Page refused = ada.post(url, Map.of("text", "A trap"));
    Page box = ada.post(url, Map.of("text", "A round table", "_csrf", csrf)).followAll();

    assertStatus(403, refused);
    assertTrue(refused.body().contains("<h1>Not for you</h1>"), refused::toString);
    assertStatus(200, box);
    assertTrue(box.body().contains("<p>A round table</p>"), box::toString);
    assertTrue(box.body().contains("<footer>ada@example.com</footer>"), box::toString);
    assertFalse(box.body().contains("A trap"), box::toString);
  }

  @Test
  void methodForEditorsIsRefusedToOthers() {
    TestBrowser ada = new TestBrowser();
    String csrf = csrf(signIn(ada, "Ada", "readers"));
    ada.post(base() + "/suggestions", Map.of("text", "Better tea", "_csrf", csrf));
    TestBrowser grace = new TestBrowser();
    signIn(grace, "Grace", "editors");
    Page review = grace.open(base() + "/review");
    String remove = found(REMOVE, review);

    assertStatus(403, ada.post(base() + remove, Map.of("_csrf", csrf)));
    assertTrue(grace.open(base() + "/review").body().contains(remove));
    Page after = grace.post(base() + remove, Map.of("_csrf", csrf(review))).followAll();

    assertStatus(200, after);
    assertFalse(after.body().contains(remove), after::toString);
  }

  @Test
  void errorPageOfTheApplicationKnowsWhoIsSignedIn() {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada");

    Page refused = ada.open(base() + "/review");
    Page missing = ada.open(base() + "/nothing/here");

    assertStatus(403, refused);
    assertTrue(refused.body().contains("<h1>Not for you</h1>"), refused::toString);
    assertTrue(refused.body().contains("<span class=\"user\">ada@example.com</span>"));
    assertStatus(404, missing);
    assertTrue(missing.body().contains("<h1>No such page</h1>"), missing::toString);
  }

  @Test
  void applicationsOwnFilterSeesWhatIsLetBy() {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada");

    assertNotNull(ada.open(base() + page()).header("X-Request-Id"));
  }

  @Test
  void nextPersonInTheSameBrowserHasNothingOfTheFirst() {
    TestBrowser browser = new TestBrowser();
    String csrf = csrf(signIn(browser, "Grace", "editors"));
    String session = browser.cookie("JSESSIONID");
    browser.post(base() + "/gatekeeper/logout", Map.of()).followAll();

    Page page = signIn(browser, "Ada");

    assertTrue(page.body().contains("ada@example.com"), page::toString);
    assertNotEquals(session, browser.cookie("JSESSIONID"));
    assertStatus(403, browser.open(base() + "/review"));
    assertStatus(
        403, browser.post(base() + "/suggestions", Map.of("text", "A trap", "_csrf", csrf)));
  }

  private static String csrf(Page page) {
    return found(CSRF, page);
  }

  private static String found(Pattern pattern, Page page) {
    Matcher matcher = pattern.matcher(page.body());
    assertTrue(matcher.find(), page::toString);
    return matcher.group(1);
  }

  @Override
  protected void assertWorksUnguarded(String base) {
    Page refused = new TestBrowser().open(base + "/review");
    assertStatus(401, refused);
    assertTrue(refused.headers("WWW-Authenticate").contains("Basic realm=\"Suggestions\""));
    String credentials =
        Base64.getEncoder().encodeToString("ada:analytical".getBytes(StandardCharsets.UTF_8));
    Page review =
        new TestBrowser()
            .request("GET", base + "/review")
            .navigating()
            .header("Authorization", "Basic " + credentials)
            .send();
    assertStatus(200, review);
    assertTrue(review.body().contains("<span class=\"user\">ada</span>"), review::toString);
  }
}
