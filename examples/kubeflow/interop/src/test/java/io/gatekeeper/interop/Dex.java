package io.gatekeeper.interop;

import io.gatekeeper.examples.kubeflow.dex.Connector;
import io.gatekeeper.examples.kubeflow.dex.DexConfig;
import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import io.gatekeeper.netty.LoopbackPorts;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Dex behind the gateway at {@code /dex}, with the file that the example writes. It remembers
 * nothing when it stops: neither keys nor codes.
 */
final class Dex implements Provider {
  private static final String CLIENT = "kubeflow";
  private static final String SECRET = "interop-secret";
  private static final StaticUser ADMIN = new StaticUser("admin@example.com", "open sesame");

  private final InetSocketAddress address = LoopbackPorts.free();
  private final Program program = new Program("dex");
  private final String issuer;
  private final boolean choice;

  /**
   * One that doesn't run yet.
   *
   * @param externalUrl where the gateway is
   * @param connectors where it lets people sign in besides the static user
   */
  Dex(String externalUrl, List<Connector> connectors) {
    issuer = externalUrl + "/dex";
    choice = !connectors.isEmpty();
    DexConfig config =
        new DexConfig(
            issuer,
            "127.0.0.1:" + address.getPort(),
            new DexConfig.Client(CLIENT, SECRET, externalUrl + "/gatekeeper/callback"),
            Optional.of(ADMIN),
            connectors);
    program
        .environment("DEX_WEB_DIR", Installed.cached("dex/web").toString())
        .command(
            Installed.cached("dex/dex").toString(),
            "serve",
            program.file("config.yaml", config.json()).toString());
  }

  /** From now on it goes on with its refresh tokens when it is started again. */
  Dex remembering() {
    program.environment("DEX_MEMORY", program.directory().resolve("memory.json").toString());
    return this;
  }

  /** Where the gateway finds it. */
  InetSocketAddress address() {
    return address;
  }

  @Override
  public String name() {
    return "Dex";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "issuer", issuer,
        "client-id", CLIENT,
        "client-secret", SECRET,
        "scopes", List.of("openid", "profile", "email", "groups"));
  }

  @Override
  public Person person() {
    return new Person(
        ADMIN.username(), ADMIN.password(), ADMIN.username(), "", choice ? "local" : "");
  }

  @Override
  public Person another() {
    return Slapd.ANNA;
  }

  @Override
  public void start() {
    program.start(() -> Http.answers(address, "/dex/.well-known/openid-configuration"));
  }

  @Override
  public void stop() {
    program.stop();
  }

  @Override
  public Page signIn(TestBrowser browser, Page page, Person person) {
    return answer(browser, page, person).follow();
  }

  /** Its answer to name and password: on success a redirect, which {@link #signIn} follows. */
  Page answer(TestBrowser browser, Page page, Person person) {
    return Form.in(chosen(browser, page, person.via()))
        .with("login", person.login())
        .with("password", person.password())
        .submit(browser);
  }

  private static Page chosen(TestBrowser browser, Page page, String via) {
    if (via.isEmpty()) {
      return page;
    }
    Element link = Jsoup.parse(page.body(), page.url()).selectFirst("a[href*=/auth/" + via + "?]");
    if (link == null) {
      throw new AssertionError("expected a link to " + via + ": " + page);
    }
    return browser.open(link.absUrl("href")).followAll();
  }
}
