package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What goes over the wire from a page asked for to that page seen, in the words of docs/flow.md.
 */
@Tag("dex")
class FlowTest {
  private static final Path DOCUMENT = Path.of("../../../docs/flow.md");

  private final Wires wires = new Wires();
  private final TestBrowser browser = new TestBrowser();
  private final FlowPage document = new FlowPage();
  private Picture picture;

  @BeforeEach
  void start() throws IOException {
    picture = Picture.start(GatewayKind.ENVOY, url -> new Dex(url, List.of()), Map.of(), wires);
    takeAll();
  }

  @AfterEach
  void stop() {
    if (picture != null) {
      picture.close();
    }
    wires.close();
  }

  @Test
  void theDocumentShowsWhatGoesOverTheWire() throws IOException {
    Page redirect = unauthenticated();
    Page sentBack = login(redirect);
    Page signedIn = callback(sentBack);
    affirmed(signedIn);

    String written = document.text();
    if ("write".equals(System.getProperty("gatekeeper.docs"))) {
      Files.writeString(DOCUMENT, written);
    }
    assertEquals(
        written, Files.readString(DOCUMENT), "stale: run this test with -Dgatekeeper.docs=write");
  }

  private Page unauthenticated() {
    Page redirect = browser.open(picture.url("/pipelines?run=7"));
    Exchange asked = only(Wiring.Place.GATEWAY, "/pipelines");
    Exchange check = only(Wiring.Place.CHECKS, "/check/pipelines");
    document.step("Somebody asks for a page", "A browser without a session asks Envoy.");
    document.message("The browser to Envoy", asked.request());
    document.step(
        "The check",
        """
        Before Envoy does anything else it asks Gatekeeper whether this may pass: the same method and
        target behind the prefix `/check`, and the headers that the configuration lists. There is no
        session and this is a browser going to a page, so the answer is a redirect, with everything
        that the login needs: the state and a small cookie that ties it to this browser. Gatekeeper
        keeps nothing of it.""");
    document.exchange("Envoy to Gatekeeper", "Gatekeeper's answer", check);
    document.step(
        "The redirect to the provider", "Whatever isn't 200, Envoy hands to the browser.");
    document.message("Envoy's answer to the browser", asked.response());
    return redirect;
  }

  private Page login(Page redirect) {
    Page form = redirect.followAll();
    Page sentBack = picture.provider().signIn(browser, form, picture.provider().person());
    document.step(
        "The login at Dex",
        """
        The browser goes to Dex, which is behind the same Envoy and public by rule. Dex shows its form,
        checks the password, and sends the browser back with a code. Envoy asks Gatekeeper before each
        of these too and is told 200, with an empty identity.""");
    wires
        .take(Wiring.Place.GATEWAY)
        .forEach(exchange -> document.exchange("The browser to Dex", "Dex's answer", exchange));
    takeAll();
    return sentBack;
  }

  private Page callback(Page sentBack) {
    Page signedIn = sentBack.follow();
    List<Exchange> exchanges = wires.take(Wiring.Place.GATEWAY);
    Exchange callback = only(exchanges, "/gatekeeper/callback");
    document.step(
        "The callback",
        """
        Envoy routes `/gatekeeper/` to Gatekeeper. The state opens, is not too old, and belongs to the
        browser that brings the cookie; only then does Gatekeeper redeem the code, together with the
        verifier for the challenge above.""");
    document.message("The browser to Gatekeeper", callback.request());
    document.exchange("Gatekeeper to Dex", "Dex's answer", only(exchanges, "/dex/token"));
    document.step(
        "The session",
        """
        The ID token's signature, issuer, audience, times and nonce are right. Gatekeeper sets the
        session cookie and sends the browser to the page that it first asked for. A session
        too large for one cookie goes on in a second one; this one isn't, so whatever a larger session
        left there is cleared. The next cookie is sealed, and browsers send it to `/gatekeeper/`
        alone: it keeps what a renewal and a sign-out at the provider need. The login's small cookie
        stays for the next login, with a count by which a loop of logins would end.""");
    document.message("Gatekeeper's answer to the browser", callback.response());
    document.token("The session cookie holds a signed JWT", browser.cookie(Picture.SESSION));
    takeAll();
    return signedIn;
  }

  private void affirmed(Page signedIn) {
    signedIn.follow();
    Exchange asked = only(Wiring.Place.GATEWAY, "/pipelines");
    Exchange check = only(Wiring.Place.CHECKS, "/check/pipelines");
    Exchange received = only(Wiring.Place.APPLICATION, "/pipelines");
    document.step(
        "The affirmed request",
        """
        From now on the session cookie alone is enough: Gatekeeper verifies it, asks nobody, and tells
        Envoy who it is. It sets every identity header, an empty one too, so that none of a client's
        own gets through; and `Cookie` without our cookies.""");
    document.message("The browser to Envoy", asked.request());
    document.exchange("Envoy to Gatekeeper", "Gatekeeper's answer", check);
    document.message("What the application receives", received.request());
    document.message(
        "What the browser receives (this application answers with what it was sent)",
        asked.response());
  }

  private Exchange only(Wiring.Place place, String path) {
    return only(wires.take(place), path);
  }

  private static Exchange only(List<Exchange> exchanges, String path) {
    List<Exchange> found =
        exchanges.stream().filter(each -> each.request().target().startsWith(path)).toList();
    assertEquals(1, found.size(), () -> path + " among " + exchanges.size());
    return found.get(0);
  }

  private void takeAll() {
    for (Wiring.Place place : Wiring.Place.values()) {
      wires.take(place);
    }
  }
}
