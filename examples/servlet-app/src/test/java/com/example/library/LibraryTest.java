package com.example.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.testing.ExampleContract;
import io.gatekeeper.examples.testing.RunningExample;
import io.gatekeeper.examples.testing.RunningExample.Program;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library, guarded by the filter. */
class LibraryTest extends ExampleContract {
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

  @Override
  protected String mainClass() {
    return Main.class.getName();
  }

  @Override
  protected String readyLine() {
    return "The library is open";
  }

  @Override
  protected String page() {
    return "/books?q=art%20of&sort=a%26b";
  }

  @Override
  protected String groupPage() {
    return "/desk";
  }

  @Override
  protected String group() {
    return "librarians";
  }

  @Test
  void pageGreetsWhoIsSignedIn() {
    Page page = signIn(new TestBrowser(), "Ada");

    assertTrue(page.body().contains("<span class=\"user\">ada@example.com</span>"), page::toString);
    assertTrue(page.body().contains("The Art of Computer Programming"), page::toString);
    assertFalse(page.body().contains("href=\"/desk\""), page::toString);
  }

  @Test
  void welcomeFileAndStaticFileAreForWhoIsSignedIn() {
    TestBrowser browser = new TestBrowser();
    assertStatus(401, browser.fetch(base() + "/style.css"));
    assertSentToTheProvider(browser.open(base() + "/"));
    signIn(browser, "Ada");

    assertStatus(200, browser.fetch(base() + "/style.css"));
    assertTrue(browser.open(base() + "/").body().contains("The shelf"));
  }

  @Test
  void bookIsLentToWhoIsSignedIn() {
    TestBrowser ada = new TestBrowser();
    String form = form(signIn(ada, "Ada"));
    Map<String, String> borrow = Map.of("form", form, "book", "2");

    Page shelf = ada.post(base() + "/loans", borrow).followAll();

    assertTrue(shelf.body().contains("Enjoy it!"), shelf::toString);
    TestBrowser grace = new TestBrowser();
    signIn(grace, "Grace", "librarians");
    Page desk = grace.open(base() + "/desk");
    assertTrue(desk.body().contains("<td>ada@example.com</td>"), desk::toString);
    assertStatus(
        200,
        ada.post(base() + "/loans", Map.of("form", form, "book", "2", "action", "back")).follow());
  }

  @Test
  void threadOfAnAsyncServletKnowsWhoAsked() {
    TestBrowser grace = new TestBrowser();
    signIn(grace, "Grace", "librarians");

    Page table = grace.open(base() + "/desk/loans.csv");

    assertStatus(200, table);
    assertTrue(table.body().contains("\"exported by\",\"grace@example.com\""), table::toString);
  }

  @Test
  void errorPageOfTheApplicationKnowsWhoIsSignedIn() {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada");

    Page refused = ada.open(base() + "/desk");

    assertStatus(403, refused);
    assertTrue(refused.body().contains("For librarians only"), refused::toString);
    assertTrue(refused.body().contains("Error 403, ada@example.com."), refused::toString);
  }

  @Test
  void signOutButtonOfTheApplicationEndsTheSession() {
    TestBrowser ada = new TestBrowser();
    String form = form(signIn(ada, "Ada"));

    Page goodbye = ada.post(base() + "/sign-out", Map.of("form", form));

    assertStatus(200, goodbye);
    assertTrue(goodbye.body().contains("You are signed out."), goodbye::toString);
    assertSentToTheProvider(ada.open(base() + page()));
  }

  @Test
  void nextPersonInTheSameBrowserIsGreetedByTheirOwnName() {
    TestBrowser browser = new TestBrowser();
    String form = form(signIn(browser, "Ada"));
    browser.post(base() + "/gatekeeper/logout", Map.of()).followAll();

    Page page = signIn(browser, "Grace");

    assertTrue(page.body().contains("grace@example.com"), page::toString);
    assertFalse(form(page).equals(form), "the HttpSession is the other person's");
  }

  @Test
  void warHasTheFilterInsideAndNotTheContainer(@TempDir Path directory) throws Exception {
    Program program = new Program(mainClass(), WarLayout.create(directory), directory, readyLine());
    try (RunningExample war = RunningExample.start(program, provider())) {
      Page style = new TestBrowser().openAndFollow(war.base() + "/style.css?v=1");

      assertStatus(200, style);
      assertEquals("/style.css?v=1", style.target());
    }
  }

  private static String form(Page page) {
    Matcher form = FORM.matcher(page.body());
    assertTrue(form.find(), page::toString);
    return form.group(1);
  }

  @Override
  protected void assertWorksUnguarded(String base) {
    Page refused = new TestBrowser().open(base + "/desk");
    assertStatus(401, refused);
    String challenge = refused.header("WWW-Authenticate");
    assertTrue(challenge.startsWith("Basic realm=\"Library\""), challenge);
    assertStatus(403, withPassword(base + "/desk", "ada:analytical"));
    Page desk = withPassword(base + "/desk", "grace:compiler");
    assertStatus(200, desk);
    assertTrue(desk.body().contains("<span class=\"user\">grace</span>"), desk::toString);
  }

  private static Page withPassword(String url, String user) {
    String credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    return new TestBrowser()
        .request("GET", url)
        .navigating()
        .header("Authorization", "Basic " + credentials)
        .send();
  }
}
