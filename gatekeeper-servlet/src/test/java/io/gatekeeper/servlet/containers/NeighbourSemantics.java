package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Other filters, and the container's own login, beside the filter. */
abstract class NeighbourSemantics extends SemanticsBase {
  private static final String WHO = "/who";

  private final List<String> before = new CopyOnWriteArrayList<>();
  private final List<String> after = new CopyOnWriteArrayList<>();

  /** Takes down who is there. */
  private record Witness(List<String> seen) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      seen.add(String.valueOf(((HttpServletRequest) request).getRemoteUser()));
      chain.doFilter(request, response);
    }
  }

  @Test
  void filterBeforeSeesEveryRequestAndNobody() throws Exception {
    container()
        .deploy(
            Application.at("")
                .filter(new Witness(before), DispatcherType.REQUEST)
                .filter(filter(settings("")), DispatcherType.REQUEST)
                .page(WHO, ServletPage.text(HttpServletRequest::getRemoteUser)));

    assertEquals("alice", signIn(browser, WHO).body());

    assertTrue(before.size() >= 3, "the page, the callback and the page again");
    assertTrue(before.stream().allMatch("null"::equals), before::toString);
  }

  @Test
  void filterAfterSeesOnlyRequestsThatGoOnAndWhoIsThere() throws Exception {
    deploy(
        guarded("")
            .filter(new Witness(after), DispatcherType.REQUEST)
            .page(WHO, ServletPage.text(HttpServletRequest::getRemoteUser)));

    signIn(browser, WHO);

    assertEquals(List.of("alice"), after);
  }

  private void deployBesideTheContainersLogin() throws Exception {
    deploy(
        guarded("")
            .constraint("/office/*", Application.CONTAINER_ROLE)
            .page("/office/who", ServletPage.text(HttpServletRequest::getRemoteUser))
            .page(WHO, ServletPage.text(HttpServletRequest::getRemoteUser)));
  }

  /** Jakarta Servlet 6.0, section 13.8: constraints are judged before any filter. */
  @Test
  void containersOwnLoginIsAskedForFirst() throws Exception {
    deployBesideTheContainersLogin();

    Page page = browser.open(url("/office/who"));

    assertStatus(401, page);
    assertTrue(page.header("WWW-Authenticate").startsWith("Basic"), page::toString);
  }

  @Test
  void containersOwnUserStillNeedsASessionOfOurs() throws Exception {
    deployBesideTheContainersLogin();

    Page page = withPassword(browser, "/office/who");

    assertStatus(302, page);
    assertTrue(page.location().startsWith(provider.issuer()), page::toString);
  }

  @Test
  void whoHasBothIsOursToTheApplication() throws Exception {
    deployBesideTheContainersLogin();
    signIn(browser, WHO);

    assertStatus(401, browser.open(url("/office/who")));
    Page page = withPassword(browser, "/office/who");

    assertStatus(200, page);
    assertEquals("alice", page.body());
  }

  @Test
  void passwordForTheContainerOpensNothingOfOurs() throws Exception {
    deployBesideTheContainersLogin();

    assertStatus(302, withPassword(new TestBrowser(), WHO));
  }

  private Page withPassword(TestBrowser who, String path) throws Exception {
    String credentials = Application.CONTAINER_USER + ":" + Application.CONTAINER_PASSWORD;
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return who.request("GET", url(path))
        .navigating()
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes))
        .send();
  }
}
