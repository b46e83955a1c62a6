package io.gatekeeper.login;

import io.gatekeeper.http.Parameters;
import io.gatekeeper.http.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes to sign out at the provider: the address, with what the provider needs to
 * know whose session ends.
 *
 * <p>An ID token says that best, and a provider that gets one need not ask the user. Where there is
 * none, or the address would be longer than servers are sure to read, a {@code logout_hint} takes
 * its place.
 *
 * <p>Specification: OpenID Connect RP-Initiated Logout 1.0, section 2.
 *
 * @param endpoint the provider's {@code end_session_endpoint}; a query of its own is kept as it is
 * @param clientId the client
 * @param landing where the provider sends the browser afterwards
 * @param state what the provider gives back there; null for nothing
 */
record EndSession(URI endpoint, String clientId, String landing, @Nullable String state) {
  /**
   * The address.
   *
   * @param idToken the session's ID token; empty where it isn't known
   * @param logoutHint what else names the session or its user; null where nothing does
   * @return an absolute URL
   */
  String url(String idToken, @Nullable String logoutHint) {
    String url = with("id_token_hint", idToken);
    return idToken.isEmpty() || url.length() > Response.LONGEST_LOCATION
        ? with("logout_hint", logoutHint)
        : url;
  }

  private String with(String hint, @Nullable String value) {
    StringBuilder url = new StringBuilder(endpoint.toASCIIString().split("#", 2)[0]);
    add(url, hint, value);
    add(url, "client_id", clientId);
    add(url, "post_logout_redirect_uri", landing);
    add(url, "state", state);
    return url.toString();
  }

  private static void add(StringBuilder url, String name, @Nullable String value) {
    if (value != null) {
      url.append(url.indexOf("?") < 0 ? '?' : '&');
      url.append(name).append('=').append(Parameters.encode(value));
    }
  }
}
