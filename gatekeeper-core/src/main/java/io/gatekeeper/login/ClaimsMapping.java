package io.gatekeeper.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which claims make up an identity. Claims of the wrong type are left out: a group that is no text
 * is no group.
 *
 * @param user the claim that names the user: a name, or a JSON pointer (RFC 6901)
 * @param groups the claim that lists the groups
 * @param roles the claim that lists the roles; null for the groups
 * @param trustUnverifiedEmail whether a mail address counts as verified whatever the provider says
 */
public record ClaimsMapping(
    String user, String groups, @Nullable String roles, boolean trustUnverifiedEmail) {

  /** The mail address as a name and as a JSON pointer. */
  private static final Set<String> ADDRESS = Set.of("email", "/email");

  /** What a userinfo response can't change: the claims of the token itself. */
  private static final Set<String> PROTOCOL =
      Set.of("iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "azp", "auth_time", "sid");

  /**
   * Puts the claims of a userinfo response over those of the ID token. A mail address and its
   * {@code email_verified} stay together, for one says nothing without the other.
   */
  static ObjectNode merge(ObjectNode idToken, ObjectNode userinfo) {
    ObjectNode merged = idToken.deepCopy();
    userinfo
        .properties()
        .forEach(
            claim -> {
              if (!PROTOCOL.contains(claim.getKey())) {
                merged.set(claim.getKey(), claim.getValue());
              }
            });
    ObjectNode addressFrom = userinfo.has("email") ? userinfo : idToken;
    merged.set("email_verified", addressFrom.path("email_verified"));
    return merged;
  }

  Identity identity(String issuer, String subject, ObjectNode claims) throws ProviderException {
    String email = text(claims, "email");
    boolean verified = trustUnverifiedEmail || claims.path("email_verified").booleanValue();
    List<String> inGroups = texts(find(claims, groups));
    return new Identity(
        user(claims, verified),
        issuer,
        subject,
        text(claims, "name"),
        email,
        email != null && verified,
        text(claims, "preferred_username"),
        inGroups,
        roles == null ? inGroups : texts(find(claims, roles)));
  }

  private String user(ObjectNode claims, boolean emailVerified) throws ProviderException {
    JsonNode value = find(claims, user);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw new ProviderException(
          Rejection.CLAIM_MISSING,
          "the claim %s (identity.user) is missing or empty".formatted(user));
    }
    if (ADDRESS.contains(user) && !emailVerified) {
      throw new ProviderException(
          Rejection.CLAIM_MISSING,
          "email (identity.user) is not verified: the provider says no email_verified");
    }
    return value.asText();
  }

  private static JsonNode find(ObjectNode claims, String claim) {
    return claim.startsWith("/") ? claims.at(claim) : claims.path(claim);
  }

  private static @Nullable String text(ObjectNode claims, String claim) {
    String text = claims.path(claim).textValue();
    return text == null || text.isEmpty() ? null : text;
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (each.isTextual() && !each.textValue().isEmpty()) {
        texts.add(each.textValue());
      }
    }
    return texts;
  }
}
