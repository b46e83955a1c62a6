package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an application stands: its context path, its files, its neighbours on the host. */
abstract class PlaceSemantics extends SemanticsBase {
  @TempDir Path documents;

  @ParameterizedTest
  @ValueSource(strings = {"", "/app", "/a/deep/one"})
  void loginComesBackUnderEveryContextPath(String context) throws Exception {
    deploy(guarded(context).page("/page/*", new EchoPage()));

    Page page = signIn(browser, context + "/page/1?x=2");

    assertTrue(page.body().startsWith("GET " + context + "/page/1?x=2 "), page::toString);
    assertTrue(
        browser.pages().stream()
            .anyMatch(seen -> seen.target().startsWith(context + "/gatekeeper/callback?")));
    assertEquals(200, browser.fetch(url(context + "/gatekeeper/session")).status());
    assertEquals(401, new TestBrowser().fetch(url(context + "/gatekeeper/session")).status());
  }

  @Test
  void rulesAreReadFromTheContextPathOn() throws Exception {
    deploy(guarded("/app").page("/public/page", new EchoPage()).page("/page", new EchoPage()));

    assertStatus(200, browser.open(url("/app/public/page")));
    assertStatus(302, browser.open(url("/app/page")));
  }

  @Test
  void contextPathWithoutItsSlashLeadsIntoTheApplication() throws Exception {
    deploy(guarded("/app").page("/*", new EchoPage()));

    assertTrue(browser.open(url("/app")).redirects(), "to the provider, or to the slash first");
    assertTrue(signIn(browser, "/app").body().startsWith("GET /app"));
  }

  @Test
  void welcomeFilesAreGuardedAndShown() throws Exception {
    Files.writeString(documents.resolve("index.html"), "the first page");
    Files.createDirectories(documents.resolve("shelf"));
    Files.writeString(documents.resolve("shelf/index.html"), "the shelf");
    deploy(guarded("/app").documents(documents, "index.html"));

    assertStatus(302, browser.open(url("/app/")));
    assertStatus(302, browser.open(url("/app/shelf/")));
    assertEquals("the first page", signIn(browser, "/app/").body());
    assertEquals("the shelf", signIn(browser, "/app/shelf/").body());
    assertEquals("the shelf", signIn(browser, "/app/shelf").body());
  }

  @Test
  void settingsAreNoFileOfTheApplication() throws Exception {
    Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(documents.resolve("WEB-INF/notes.yaml"), "secret: yes");
    Files.writeString(documents.resolve("page.html"), "a page");
    deploy(guarded("").documents(documents, "index.html"));

    assertEquals("a page", signIn(browser, "/page.html").body());
    assertStatus(404, browser.open(url("/WEB-INF/notes.yaml")));
  }

  @Test
  void twoApplicationsOfAHostDontOpenEachOther() throws Exception {
    deployNamed("/one", "door-one");
    deployNamed("/two", "door-two");

    signIn(browser, "/one/page");

    assertStatus(200, browser.fetch(url("/one/page")));
    assertStatus(401, browser.fetch(url("/two/page")));
    assertStatus(401, with("door-two=" + browser.cookie("door-one"), "/two/page"));
    assertStatus(200, with("door-one=" + browser.cookie("door-one"), "/one/page"));
    signIn(browser, "/two/page");
    assertStatus(200, browser.fetch(url("/one/page")));
    assertStatus(200, browser.fetch(url("/two/page")));
  }

  @Test
  void twoApplicationsOfOneSecretDontOpenEachOther() throws Exception {
    deploy(guarded("/one").page("/page", new EchoPage()));
    deploy(guarded("/two").page("/page", new EchoPage()));

    signIn(browser, "/one/page");

    assertStatus(401, with(SESSION + "=" + browser.cookie(SESSION), "/two/page"));
  }

  private void deployNamed(String context, String cookie) throws Exception {
    Map<String, Object> settings = settings(context);
    settings.put("cookie-name", cookie);
    settings.put(
        "session-secrets", List.of("a secret of " + context + ", 0123456789abcdef0123456789"));
    deploy(
        Application.at(context)
            .filter(filter(settings), jakarta.servlet.DispatcherType.REQUEST)
            .page("/page", new EchoPage()));
  }

  private Page with(String cookies, String path) throws Exception {
    return new TestBrowser().request("GET", url(path)).scripted().cookies(cookies).send();
  }

  @Test
  void signingOutOfOneApplicationKeepsTheOther() throws Exception {
    deployNamed("/one", "door-one");
    deployNamed("/two", "door-two");
    signIn(browser, "/one/page");
    signIn(browser, "/two/page");

    Page out = browser.post(url("/one/gatekeeper/logout"), Map.of());

    assertFalse(out.status() >= 400, out::toString);
    assertStatus(401, browser.fetch(url("/one/page")));
    assertStatus(200, browser.fetch(url("/two/page")));
  }
}
