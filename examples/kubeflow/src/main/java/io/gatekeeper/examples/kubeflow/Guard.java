package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.AuthCheckServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Gatekeeper, answering the gateway. */
final class Guard implements AutoCloseable {
  private static final int SECRET_BYTES = 32;
  private static final String FREE_PORT = "127.0.0.1:0";

  private final Gatekeeper gatekeeper;
  private final AuthCheckServer server;

  private Guard(Gatekeeper gatekeeper, GatekeeperConfig.Server settings) {
    this.gatekeeper = gatekeeper;
    this.server = AuthCheckServer.start(gatekeeper, settings);
  }

  /**
   * Starts it on free ports of loopback. The provider isn't asked for anything yet.
   *
   * @param site where browsers find the gateway
   * @param client the provider, and what it knows us as
   * @param embedded whether the provider is behind the gateway
   * @return the running server
   * @throws io.gatekeeper.ConfigurationException where the client's settings can't be used
   */
  static Guard start(URI site, Settings.OwnProvider client, boolean embedded) {
    GatekeeperConfig config = config(site, client, embedded);
    Gatekeeper gatekeeper = Gatekeeper.of(config);
    try {
      return new Guard(gatekeeper, config.server());
    } catch (RuntimeException e) {
      gatekeeper.close();
      throw e;
    }
  }

  private static GatekeeperConfig config(URI site, Settings.OwnProvider client, boolean embedded) {
    List<Map<String, String>> rules = new ArrayList<>();
    if (embedded) {
      rules.add(Map.of("path", "/dex/**", "access", "public"));
    }
    rules.add(Map.of("path", "/api/**", "challenge", "unauthorized"));
    return GatekeeperConfig.builder()
        .set("issuer", client.issuer())
        .set("client-id", client.clientId())
        .set("client-secret", client.clientSecret().orElse(null))
        .set("external-url", site.toString())
        .set("keep-fragment", true)
        .set("scopes", "openid profile email groups")
        .set("session-secrets", List.of(secret()))
        .set("rules", rules)
        .set("identity-headers", "kubeflow")
        .set("gateway", "envoy")
        .set("listen", FREE_PORT)
        .set("check-listen", FREE_PORT)
        .set("health-listen", FREE_PORT)
        .build();
  }

  /** Sessions end with the process. */
  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Where the gateway asks. */
  URI checkAddress() {
    return uri(server.checkAddress());
  }

  /** Where the own endpoints are served. */
  URI address() {
    return uri(server.address());
  }

  private static URI uri(InetSocketAddress address) {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** Has the provider's metadata fetched, so that the first login needn't wait. Doesn't wait. */
  void warmUp() {
    gatekeeper.ready();
  }

  @Override
  public void close() {
    server.close();
    gatekeeper.close();
  }
}
