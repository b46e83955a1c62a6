package io.gatekeeper.examples.kubeflow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/**
 * An example that stands on its own at a port of loopback, and whose people may sign in at this
 * provider. A public client: there is no secret that both could know without being told.
 */
enum Neighbour {
  LIBRARY("library", 8081, "librarians"),
  CHAT("chat", 8082, "moderators"),
  SUGGESTIONS("suggestions", 8083, "editors");

  private final String clientId;
  private final int port;
  private final String group;

  Neighbour(String clientId, int port, String group) {
    this.clientId = clientId;
    this.port = port;
    this.group = group;
  }

  static Optional<Neighbour> of(String clientId) {
    return Arrays.stream(values()).filter(each -> each.clientId.equals(clientId)).findAny();
  }

  /** The groups that the one person is in there. */
  List<String> groups() {
    return List.of(group);
  }

  /** Where it wants people to be after a sign-out. */
  String afterLogout() {
    return address() + "/gatekeeper/logged-out";
  }

  private String address() {
    return "http://127.0.0.1:" + port;
  }

  RegisteredClient client() {
    return RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId(clientId)
        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(address() + "/gatekeeper/callback")
        .postLogoutRedirectUri(afterLogout())
        .scopes(scopes -> scopes.addAll(PersonClaims.SCOPES))
        .clientSettings(
            ClientSettings.builder()
                .requireProofKey(true)
                .requireAuthorizationConsent(false)
                .build())
        .build();
  }
}
