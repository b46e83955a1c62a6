package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.Tabs;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * A provider that gives refresh tokens, each good for one use, is asked again every few seconds
 * whether its users are who they were.
 */
@ParameterizedClass(name = "{0}")
abstract class RefreshJourneys extends JourneyBase {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TABS = 20;

  /** How often the provider was asked with a refresh token, whatever it answered. */
  abstract int refreshes();

  /** Puts the person into the group {@code admins}, or takes them out. */
  abstract void admin(boolean is);

  /** Settings that bring refresh tokens. */
  abstract Map<String, Object> offline();

  @Override
  final Map<String, Object> more() {
    Map<String, Object> settings = new HashMap<>(offline());
    settings.put("session.revalidate", "5s");
    settings.put("provider-timeout", "2s");
    return settings;
  }

  @Test
  void twentyTabsAtOnceAreOneRefreshAndAllOfThemAreServed() throws Exception {
    signIn(browser, "/page");
    JsonNode before = session();
    int asked = refreshes();
    String cookies = cookies();
    Page due = due();

    List<Page> answers = Tabs.together(TABS, tab -> send(due.location(), cookies));
    assertRefreshes(asked + 1);
    List<Page> pages = Tabs.together(TABS, tab -> answers.get(tab).followAll());

    for (Page page : pages) {
      assertTrue(Echo.isApplication(page), page::toString);
      assertEquals(picture.url("/page"), page.url());
    }
    assertEquals(
        1, browser.cookieNames(Picture.SESSION).stream().filter("gatekeeper"::equals).count());
    assertSameSession(before);
  }

  @Test
  void changedGroupArrivesAtTheNextRenewal() {
    admin(false);
    try {
      signIn(browser, "/page");
      assertEquals(403, browser.openAndFollow(picture.url("/admin/page")).status());
      admin(true);
      due().follow();
      Page page = browser.openAndFollow(picture.url("/admin/page"));
      assertTrue(Echo.of(page).value(Picture.GROUPS).contains("admins"), page::toString);
      admin(false);
      due().follow();
      assertEquals(403, browser.openAndFollow(picture.url("/admin/page")).status());
    } finally {
      admin(person().groups().contains("admins"));
    }
  }

  /** What a person sees whom the provider doesn't vouch for any more. */
  final void assertSentToSignIn() {
    Page renew = due().follow();
    assertTrue(renew.location().contains("/gatekeeper/renew?return="), renew::toString);
    Page page = renew.followAll();
    assertTrue(page.url().startsWith(picture.provider().site()), page::toString);
    assertFalse(Echo.isApplication(page), page::toString);
    assertNull(browser.cookie(Picture.SESSION));
  }

  /** The page's answer once it is due: the way over {@code renew}. */
  final Page due() {
    Page[] last = new Page[1];
    Await.until(
        PATIENCE,
        () -> {
          last[0] = browser.open(picture.url("/page"));
          return last[0].redirects();
        },
        () -> "not due: " + last[0]);
    assertTrue(
        last[0].location().contains("/gatekeeper/renew?return="),
        () -> last[0] + "\n" + picture.check().output());
    return last[0];
  }

  final void assertRefreshes(int expected) {
    Await.until(PATIENCE, () -> refreshes() >= expected, () -> refreshes() + " of " + expected);
    assertEquals(expected, refreshes());
  }

  private Page send(String url, String cookies) {
    return browser.request("GET", url).navigating().cookies(cookies).send();
  }

  private String cookies() {
    return browser.cookies().stream()
        .filter(cookie -> !cookie.name().startsWith(Picture.LOGIN))
        .filter(cookie -> cookie.name().startsWith(Picture.SESSION))
        .map(cookie -> cookie.name() + "=" + cookie.value())
        .collect(Collectors.joining("; "));
  }

  final JsonNode session() throws IOException {
    String payload = browser.cookie(Picture.SESSION).split("\\.", -1)[1];
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
  }

  final void assertSameSession(JsonNode before) throws IOException {
    JsonNode now = session();
    assertNotEquals(before.get("due"), now.get("due"));
    for (String same : List.of("sid", "sub", "started", "end", "exp", "login")) {
      assertEquals(before.get(same), now.get(same), same);
    }
  }
}
