package io.gatekeeper.examples.kubeflow;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What an ID token says of the one person, as far as the scopes ask for it. */
final class PersonClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
  private static final String GROUPS = "groups";

  static final Set<String> SCOPES =
      Set.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL, GROUPS);

  @Override
  public void customize(JwtEncodingContext context) {
    if (!OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
      return;
    }
    Set<String> scopes = context.getAuthorizedScopes();
    String username = context.getPrincipal().getName();
    JwtClaimsSet.Builder claims = context.getClaims();
    if (scopes.contains(OidcScopes.EMAIL)) {
      claims.claim("email", username).claim("email_verified", true);
    }
    if (scopes.contains(OidcScopes.PROFILE)) {
      claims.claim("name", name(username)).claim("preferred_username", mailbox(username));
    }
    if (scopes.contains(GROUPS)) {
      claims.claim(GROUPS, groups(context));
    }
  }

  private static List<String> groups(JwtEncodingContext context) {
    RegisteredClient client = context.getRegisteredClient();
    return Neighbour.of(client == null ? "" : client.getClientId())
        .map(Neighbour::groups)
        .orElse(List.of("kubeflow-users", "admins"));
  }

  private static String mailbox(String username) {
    int at = username.indexOf('@');
    return at > 0 ? username.substring(0, at) : username;
  }

  /** {@code ada.lovelace@example.com} is Ada Lovelace. */
  private static String name(String username) {
    StringBuilder name = new StringBuilder();
    for (String word : mailbox(username).split("[._ -]+", -1)) {
      if (!word.isEmpty()) {
        name.append(name.isEmpty() ? "" : " ")
            .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
            .append(word.substring(1));
      }
    }
    return name.isEmpty() ? username : name.toString();
  }
}
