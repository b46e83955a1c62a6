package io.gatekeeper.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.gatekeeper.access.Admission;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.provider.ProviderMetadata;
import io.gatekeeper.provider.UserinfoEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes the identity that a session keeps, of an ID token's claims and, where that is configured,
 * of the userinfo endpoint's. Blocking; safe for use by many threads.
 */
final class IdentitySource {
  private final @Nullable UserinfoEndpoint userinfo;
  private final ClaimsMapping mapping;
  private final Admission admission;
  private final KeptClaims kept;

  IdentitySource(LoginFlow.Settings settings, @Nullable UserinfoEndpoint userinfo) {
    this.userinfo = userinfo;
    this.mapping = settings.mapping();
    this.admission = settings.admission();
    this.kept = settings.kept();
  }

  /** Who may sign in is judged by the whole identity. */
  Identity identity(
      ProviderMetadata metadata, String subject, ObjectNode idToken, AccessToken accessToken)
      throws ProviderException {
    ObjectNode claims =
        userinfo == null
            ? idToken
            : ClaimsMapping.merge(idToken, userinfo.claims(metadata, accessToken, subject));
    Identity identity = mapping.identity(metadata.issuer(), subject, claims);
    if (!admission.admits(identity)) {
      throw new ProviderException(Rejection.NOT_ALLOWED, "none of the settings under allow fits");
    }
    return kept.of(identity);
  }
}
