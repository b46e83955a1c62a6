package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The container's sessions are bound to ours. */
abstract class HttpSessionSemantics extends SemanticsBase {
  private static final String CONTAINERS = "JSESSIONID";

  private final AtomicInteger destroyed = new AtomicInteger();

  @BeforeEach
  void deploy() throws Exception {
    deploy(
        guarded("")
            .listener(new Counter())
            .page("/put", ServletPage.text(HttpSessionSemantics::put))
            .page("/public/put", ServletPage.text(HttpSessionSemantics::put))
            .page("/get", ServletPage.text(HttpSessionSemantics::get))
            .page("/public/get", ServletPage.text(HttpSessionSemantics::get))
            .page("/new", ServletPage.text(request -> request.getSession().getId()))
            .page("/logout", ServletPage.text(HttpSessionSemantics::logout)));
  }

  private final class Counter implements HttpSessionListener {
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
      destroyed.incrementAndGet();
    }
  }

  private static String put(HttpServletRequest request) {
    request.getSession().setAttribute("kept", request.getParameter("value"));
    return request.getSession().getId();
  }

  private static String get(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? "none" : String.valueOf(session.getAttribute("kept"));
  }

  private static String logout(HttpServletRequest request) throws ServletException {
    request.logout();
    return get(request);
  }

  private void signInAs(String subject, TestBrowser who) throws Exception {
    provider.signInAs(subject, Map.of());
    who.forget(SESSION);
    signIn(who, "/get");
  }

  @Test
  void userFindsWhatWasKept() throws Exception {
    signInAs("alice", browser);

    read("/put?value=mine");

    assertEquals("mine", read("/get"));
    assertEquals("mine", read("/public/get"));
  }

  @Test
  void secondUserOfABrowserFindsNothingOfTheFirst() throws Exception {
    signInAs("alice", browser);
    String first = read("/put?value=alices");

    signInAs("bob", browser);

    assertEquals("none", read("/get"));
    assertNotEquals(first, read("/put?value=bobs"));
    assertEquals("bobs", read("/get"));
    assertEquals(1, destroyed.get());
  }

  @Test
  void sameUserKeepsItOverANewLogin() throws Exception {
    signInAs("alice", browser);
    read("/put?value=mine");

    signInAs("alice", browser);

    assertEquals("mine", read("/get"));
    assertEquals(0, destroyed.get());
  }

  @Test
  void sessionFromBeforeTheLoginGetsANewId() throws Exception {
    String before = read("/public/put?value=cart");
    TestBrowser planted = browser.copy();

    signInAs("alice", browser);

    assertEquals("cart", readOnceItIsThere("/get"));
    assertNotEquals(before, read("/new"));
    assertEquals("none", read(planted, "/public/get"));
  }

  /** Jetty finds a session under its new id only when the request that changed it has ended. */
  private String readOnceItIsThere(String path) throws Exception {
    String found = read(path);
    for (int i = 0; found.equals("none") && i < 50; i++) {
      found = read(path);
    }
    return found;
  }

  @Test
  void whoTakesAnothersContainerSessionFindsNothingInIt() throws Exception {
    signInAs("alice", browser);
    read("/put?value=alices");
    TestBrowser thief = new TestBrowser();
    signInAs("bob", thief);

    thief.plant(url("/"), CONTAINERS + "=" + browser.cookie(CONTAINERS) + "; Path=/");

    assertEquals("none", read(thief, "/get"));
  }

  @Test
  void strangerInTheBrowserFindsNothingOnAPublicPage() throws Exception {
    signInAs("alice", browser);
    read("/put?value=alices");

    browser.forget(SESSION);

    assertEquals("none", read("/public/get"));
    assertNotEquals("alices", read("/public/put?value=strangers"));
    assertEquals("strangers", read("/public/get"));
  }

  @Test
  void logoutEndsTheContainersSessionToo() throws Exception {
    signInAs("alice", browser);
    read("/put?value=mine");

    assertEquals("none", read("/logout"));

    assertEquals(1, destroyed.get());
    assertEquals("none", read("/public/get"));
    signInAs("alice", browser);
    assertEquals("none", read("/get"));
  }

  @Test
  void requestsAtTheSameMomentBindASessionOnce() throws Exception {
    read("/public/put?value=cart");
    TestBrowser before = browser.copy();
    provider.signInAs("alice", Map.of());
    signIn(before, "/public/get");
    before.openAndFollow(url("/nothing"));
    List<TestBrowser> tabs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tabs.add(before.copy());
    }

    List<String> found = readAtOnce(tabs, "/get");

    // A late tab still has the old id, under which there is nothing any more.
    assertTrue(found.contains("cart"), found::toString);
    assertTrue(List.of("cart", "none").containsAll(found), found::toString);
    assertEquals(0, destroyed.get());
  }

  @Test
  void usersAtTheSameMomentFindOnlyTheirOwn() throws Exception {
    List<TestBrowser> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TestBrowser user = new TestBrowser();
      signInAs("user" + i, user);
      read(user, "/put?value=of" + i);
      users.addAll(List.of(user, user, user, user));
    }

    List<String> found = readAtOnce(users, "/get");

    for (int i = 0; i < found.size(); i++) {
      assertEquals("of" + i / 4, found.get(i));
    }
  }

  private List<String> readAtOnce(List<TestBrowser> who, String path) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(who.size());
    try {
      List<Future<Page>> pages = new ArrayList<>();
      String url = url(path);
      for (TestBrowser each : who) {
        pages.add(threads.submit(() -> each.open(url)));
      }
      List<String> bodies = new ArrayList<>();
      for (Future<Page> page : pages) {
        assertStatus(200, page.get());
        bodies.add(page.get().body());
      }
      return bodies;
    } finally {
      threads.shutdownNow();
    }
  }
}
