package io.gatekeeper.examples.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.testing.RunningExample.Program;
import io.gatekeeper.testing.FakeProvider;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every example shows: it is guarded, by a small diff, and was an application before. The
 * example runs as its README says, against a real provider on loopback.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class ExampleContract {
  private static final int LARGEST_DIFF = 15;
  private static final Path DIRECTORY = Path.of("").toAbsolutePath();

  private final FakeProvider provider = FakeProvider.start();
  private RunningExample example;

  /** For subclasses. */
  protected ExampleContract() {}

  /** The name of the class to run. */
  protected abstract String mainClass();

  /** Part of the line that it writes once it listens. */
  protected abstract String readyLine();

  /** A page for who is signed in, with a query. */
  protected abstract String page();

  /** A page for {@link #group} alone. */
  protected abstract String groupPage();

  /** The group that one page is for. */
  protected abstract String group();

  /**
   * Checks that the application works as it did before it was guarded.
   *
   * @param base where it runs
   * @throws Exception where it doesn't
   */
  protected abstract void assertWorksUnguarded(String base) throws Exception;

  @BeforeAll
  void start() throws Exception {
    example = RunningExample.start(program(DIRECTORY, ClassPath.ofExample()), provider);
  }

  @AfterAll
  void stop() {
    example.close();
    provider.close();
  }

  private Program program(Path directory, ClassPath classPath) {
    return new Program(mainClass(), classPath, directory, readyLine());
  }

  /**
   * Where the guarded example runs.
   *
   * @return an http URL without a slash at the end
   */
  protected final String base() {
    return example.base();
  }

  /**
   * The provider, where the guarded example's people sign in.
   *
   * @return the provider, running
   */
  protected final FakeProvider provider() {
    return provider;
  }

  /**
   * Signs in.
   *
   * @param browser the person's browser
   * @param name the person's first name
   * @param groups the groups the person is in
   * @return the page that the person sees then
   */
  protected final Page signIn(TestBrowser browser, String name, String... groups) {
    provider.signInAs(
        name.toLowerCase(Locale.ROOT),
        Map.of(
            "name",
            name,
            "email",
            name.toLowerCase(Locale.ROOT) + "@example.com",
            "groups",
            List.of(groups)));
    return browser.openAndFollow(base() + page());
  }

  /**
   * Checks an answer's status.
   *
   * @param status what it has to be
   * @param page the answer
   */
  protected static final void assertStatus(int status, Page page) {
    assertEquals(status, page.status(), page::toString);
  }

  /**
   * Checks that a browser is sent to the provider.
   *
   * @param page what it got
   */
  protected final void assertSentToTheProvider(Page page) {
    assertTrue(page.redirects() && page.location().startsWith(provider.issuer()), page::toString);
  }

  @Test
  void strangerSignsInAndComesToThePageAskedForWithItsQuery() {
    TestBrowser browser = new TestBrowser();
    // The first of all may have to wait at an own endpoint until the provider is known.
    assertSentToTheProvider(browser.open(base() + page()).followHere());

    Page page = signIn(browser, "Ada");

    assertStatus(200, page);
    assertEquals(page(), page.target());
  }

  @Test
  void programIsToldWhereToSignInAndGetsNoPage() {
    Page answer = new TestBrowser().request("GET", base() + page()).header("Accept", "*/*").send();

    assertStatus(401, answer);
    assertEquals("Bearer", String.valueOf(answer.header("WWW-Authenticate")).split(" ", -1)[0]);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals(List.of(), answer.headers("Set-Cookie"));
  }

  @Test
  void pageOfAGroupIsForItsPeopleAlone() {
    TestBrowser ada = new TestBrowser();
    signIn(ada, "Ada", "readers");
    TestBrowser grace = new TestBrowser();
    signIn(grace, "Grace", group(), "readers");

    assertStatus(403, ada.open(base() + groupPage()));
    assertStatus(200, grace.open(base() + groupPage()));
  }

  @Test
  void whoSignsOutIsAStrangerAgain() {
    TestBrowser browser = new TestBrowser();
    signIn(browser, "Ada");
    assertStatus(200, browser.open(base() + page()));

    Page goodbye = browser.post(base() + "/gatekeeper/logout", Map.of()).followAll();

    assertStatus(200, goodbye);
    assertNull(browser.cookie("gatekeeper"));
    assertSentToTheProvider(browser.open(base() + page()));
  }

  @Test
  void logHasNoSessionInIt() {
    TestBrowser browser = new TestBrowser();
    signIn(browser, "Ada");

    String session = browser.cookie("gatekeeper");
    assertNotNull(session);
    assertFalse(example.output().contains(session));
  }

  @Test
  void readmeShowsADiffOfAtMostFifteenLines() throws IOException {
    int lines = ReadmeDiff.of(DIRECTORY.resolve("README.md")).changedLines();

    assertTrue(lines > 0 && lines <= LARGEST_DIFF, lines + " lines are added or taken away");
  }

  @Test
  void applicationRunsWithoutUsWhenTheDiffOfTheReadmeIsTakenBack(@TempDir Path copy)
      throws Exception {
    Unguarded unguarded = Unguarded.of(DIRECTORY, copy);
    try (RunningExample before =
        RunningExample.start(program(unguarded.directory(), unguarded.classPath()))) {
      assertWorksUnguarded(before.base());
    }
  }
}
