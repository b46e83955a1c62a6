package io.gatekeeper.interop;

import io.gatekeeper.netty.EchoApplication;
import io.gatekeeper.netty.RealGateway;
import io.gatekeeper.netty.TestGateway;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The whole picture on loopback: a real gateway asks Gatekeeper, which asks a real provider, and an
 * application is behind. Browsers find it at {@code http://localhost}.
 */
final class Picture implements AutoCloseable {
  static final String SESSION = "gatekeeper";
  static final String LOGIN = "gatekeeper-login-";
  static final String USER = "kubeflow-userid";
  static final String GROUPS = "kubeflow-groups";

  private final GatewayKind kind;
  private final Wiring wiring;
  private final String base;
  private final EchoApplication application = EchoApplication.start();
  private final Provider provider;
  private final AuthCheck check;
  private final RealGateway gateway;

  private Picture(
      GatewayKind kind,
      Function<String, ? extends Provider> providers,
      Map<String, Object> more,
      Wiring wiring)
      throws IOException {
    this.kind = kind;
    this.wiring = wiring;
    // The edit is called once there is a provider, whose port it needs.
    gateway = new RealGateway(kind.program(), this::configured);
    base = "http://localhost:" + wiring.to(Wiring.Place.GATEWAY, gateway.address()).getPort();
    provider = providers.apply(base);
    Map<String, Object> settings = settings();
    settings.putAll(more);
    check = new AuthCheck(settings);
  }

  /**
   * Starts all of it.
   *
   * @param kind the gateway
   * @param providers from the external URL, a provider that may run already
   * @return the running picture; closing it closes the provider too
   */
  static Picture start(GatewayKind kind, Function<String, ? extends Provider> providers)
      throws IOException {
    return start(kind, providers, Map.of(), Wiring.DIRECT);
  }

  /**
   * Starts all of it.
   *
   * @param kind the gateway
   * @param providers from the external URL, a provider that may run already
   * @param more settings of Gatekeeper's besides the usual ones, or in their place
   * @param wiring what stands between them
   * @return the running picture; closing it closes the provider too
   */
  static Picture start(
      GatewayKind kind,
      Function<String, ? extends Provider> providers,
      Map<String, Object> more,
      Wiring wiring)
      throws IOException {
    Picture picture = new Picture(kind, providers, more, wiring);
    try {
      picture.provider.start();
      picture.gateway.route(picture.routes());
      picture.check.start();
      return picture;
    } catch (IOException | RuntimeException | Error e) {
      picture.close();
      throw e;
    }
  }

  private TestGateway.Routes routes() {
    return new TestGateway.Routes(
        wiring.to(Wiring.Place.CHECKS, check.checks()),
        check.endpoints(),
        wiring.to(Wiring.Place.APPLICATION, application.address()));
  }

  private String configured(String text) {
    String named = ShippedFile.withKubeflowNames(text);
    String routed =
        provider instanceof Dex dex
            ? ShippedFile.withProvider(named, dex.address().getPort())
            : named;
    return kind == GatewayKind.EMISSARY ? Emissary.configured(routed) : routed;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(provider.settings());
    settings.put("external-url", base);
    settings.put("session-secrets", List.of("interop-session-secret-0123456789abcdef"));
    settings.put("gateway", kind.dialect());
    if (kind == GatewayKind.ENVOY) {
      settings.put("path-prefix", "/check");
    }
    settings.put("identity-headers", "kubeflow");
    settings.put(
        "rules",
        List.of(
            Map.of("path", List.of("/dex/**", "/public/**"), "access", "public"),
            Map.of("path", "/admin/**", "groups", List.of("admins")),
            Map.of("path", "/api/**", "challenge", "unauthorized")));
    return settings;
  }

  /** A page's address, as a person types it. */
  String url(String target) {
    return base + target;
  }

  Provider provider() {
    return provider;
  }

  AuthCheck check() {
    return check;
  }

  EchoApplication application() {
    return application;
  }

  GatewayKind kind() {
    return kind;
  }

  /** Goes to a page, and on to the provider's first one. */
  Page toProvider(TestBrowser browser, String target) {
    return browser.openAndFollow(url(target));
  }

  /** Goes to a page and signs in on the way; the callback is not asked yet. */
  Page beforeCallback(TestBrowser browser, String target, Person person) {
    return provider.signIn(browser, toProvider(browser, target), person);
  }

  /** Goes to a page and signs in on the way. */
  Page signIn(TestBrowser browser, String target, Person person) {
    return beforeCallback(browser, target, person).followAll();
  }

  @Override
  public void close() {
    gateway.close();
    check.close();
    provider.close();
    application.close();
  }
}
