package io.gatekeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too long for its place: return targets for the state, claims for a session. */
abstract class LongTargetContract extends ContractBase {
  private static final String TARGET = SESSION + "-target-";
  private static final String ONE = "/one?pad=" + "x".repeat(1500);
  private static final String TWO = "/two?pad=" + "y".repeat(1500);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoTabsWithLongTargetsBothComeBackWhole(boolean swapped) throws Exception {
    Guarded guarded = guard();
    Page one = beforeCallback(browser, guarded.base() + ONE);
    Page two = beforeCallback(browser, guarded.base() + TWO);

    Page first = (swapped ? two : one).followAll();
    Page second = (swapped ? one : two).followAll();

    assertEquals(swapped ? TWO : ONE, first.target());
    assertEquals(swapped ? ONE : TWO, second.target());
    assertTrue(Echo.isApplication(first) && Echo.isApplication(second));
  }

  @Test
  void targetCookieOfAnotherLoginIsNotUsed() throws Exception {
    Guarded guarded = guard();
    beforeCallback(browser, guarded.base() + ONE);
    String slot = browser.cookieNames(TARGET).get(0);
    String planted = browser.cookie(slot);
    browser.forget(slot);
    Page two = beforeCallback(browser, guarded.base() + TWO);
    assertEquals(List.of(slot), browser.cookieNames(TARGET), "the control: the same slot");
    browser.plant(guarded.base() + "/", slot + "=" + planted + "; Path=/");

    assertEquals("/two", two.followAll().target());
  }

  @Test
  void withoutItsCookieALongTargetIsItsPath() throws Exception {
    Guarded guarded = guard();
    Page answered = beforeCallback(browser, guarded.base() + ONE);
    browser.cookieNames(TARGET).forEach(browser::forget);

    assertEquals("/one", answered.followAll().target());
  }

  @Test
  void accountWithMoreClaimsThanASessionHoldsIsAPageThatSaysSo() throws Exception {
    Guarded guarded = guard();
    List<String> groups =
        IntStream.range(0, 200)
            .mapToObj(i -> "a-group-with-quite-a-long-name-indeed-" + i)
            .toList();
    provider.signInAs("alice", Map.of("groups", groups));

    Page page = browser.openAndFollow(guarded.base() + "/page");

    assertStatus(403, page);
    assertRefused(page, browser, guarded);
    assertTrue(page.body().contains("session-too-large"), page::toString);
    assertFalse(page.body().contains("a-group-with"), page::toString);
    assertEquals(
        List.of(),
        page.headers("Set-Cookie").stream().filter(c -> c.startsWith(SESSION + "=")).toList());
  }
}
