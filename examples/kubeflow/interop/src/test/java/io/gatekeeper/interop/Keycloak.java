package io.gatekeeper.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Keycloak beside the gateway, at another site, with a client of its own for this gateway. The
 * server is shared: whoever made it ends it.
 */
final class Keycloak implements Provider {
  private static final String SECRET = "interop-secret";
  private static final Person ADA =
      new Person("ada", "open sesame", "ada@example.com", "admins,data science");
  private static final Person GRACE =
      new Person("grace", "swordfish", "grace@example.com", "data science");

  private final String externalUrl;
  private final KeycloakServer server;
  private final String client;
  private boolean registered;

  /**
   * A provider for one gateway.
   *
   * @param externalUrl where the gateway is
   * @param server may run already
   */
  Keycloak(String externalUrl, KeycloakServer server) {
    this.externalUrl = externalUrl;
    this.server = server;
    this.client = "kubeflow-" + URI.create(externalUrl).getPort();
  }

  @Override
  public String name() {
    return "Keycloak";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "issuer",
        server.issuer(),
        "client-id",
        client,
        "client-secret",
        SECRET,
        "scopes",
        List.of("openid", "profile", "email"));
  }

  @Override
  public Person person() {
    return ADA;
  }

  @Override
  public Person another() {
    return GRACE;
  }

  @Override
  public void start() {
    server.start();
    if (!registered) {
      server.register(description());
      registered = true;
    }
  }

  private Map<String, Object> description() {
    return Map.of(
        "clientId",
        client,
        "secret",
        SECRET,
        "redirectUris",
        List.of(externalUrl + "/gatekeeper/callback"),
        "consentRequired",
        true,
        "attributes",
        Map.of(
            "pkce.code.challenge.method",
            "S256",
            "post.logout.redirect.uris",
            externalUrl + "/gatekeeper/logged-out"),
        "protocolMappers",
        List.of(groups()));
  }

  private static Map<String, Object> groups() {
    return Map.of(
        "name",
        "groups",
        "protocol",
        "openid-connect",
        "protocolMapper",
        "oidc-group-membership-mapper",
        "config",
        Map.of("claim.name", "groups", "full.path", "false", "id.token.claim", "true"));
  }

  @Override
  public void stop() {
    server.stop();
    registered = false;
  }

  @Override
  public Page signIn(TestBrowser browser, Page page, Person person) {
    Page next =
        Form.in(page)
            .with("username", person.login())
            .with("password", person.password())
            .submit(browser)
            .followHere();
    return next.redirects() ? next : Form.in(next).press("accept").submit(browser).followHere();
  }

  /** How many events of these types there were with this client. */
  int events(String... types) {
    return server
        .get("/events?max=1000&client=" + client + "&type=" + String.join("&type=", types))
        .size();
  }

  /** Puts somebody into a group, or takes them out. */
  void member(Person person, String group, boolean is) {
    String path = "/users/" + id(person) + "/groups/" + id("/groups?search=" + group);
    server.send(is ? "PUT" : "DELETE", path, Map.of());
  }

  /** Signs somebody out everywhere, as an administrator does. */
  void signOut(Person person) {
    server.send("POST", "/users/" + id(person) + "/logout", Map.of());
  }

  /** Takes somebody's consent to this client back. */
  void revokeConsent(Person person) {
    server.send("DELETE", "/users/" + id(person) + "/consents/" + client, Map.of());
  }

  /** Gives or takes the role that offline tokens are for. */
  void mayBeOffline(Person person, boolean is) {
    String all = "/users/" + id(person) + "/role-mappings/realm";
    List<JsonNode> defaults = List.of(server.get("/roles/default-roles-interop"));
    server.send(is ? "POST" : "DELETE", all, defaults);
  }

  /** How many offline sessions somebody has with this client. */
  int offlineSessions(Person person) {
    String id = id("/clients?clientId=" + client);
    return server.get("/users/" + id(person) + "/offline-sessions/" + id).size();
  }

  private String id(Person person) {
    return id("/users?exact=true&username=" + person.login());
  }

  private String id(String search) {
    return server.get(search).required(0).required("id").textValue();
  }

  /** Leaves the server running. */
  @Override
  public void close() {}
}
