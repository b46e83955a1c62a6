package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  /** Random values have any of the characters of base64url (RFC 4648, section 5). */
  private static final String RUN =
      """
      GET http://localhost:29165/?req=r-1_&state=-s_&nonce=n-_&code=-_c&code_challenge=-_h
      redirect_uri=http%3A%2F%2Flocalhost%3A29165&code_verifier=v_-
      Authorization: Basic b-_
      x-forwarded-for: 127.0.0.1
      x-envoy-external-address: 127.0.0.1
      x-request-id: 9b1d-4e
      login=a&password=open+sesame
      {"access_token":"-a_","expires_in":86391,"id_token":"-i_"}
      Set-Cookie: gatekeeper=-j_.k; Max-Age=43199
      Set-Cookie: gatekeeper-refresh=f_-; Path=/
      Cookie: gatekeeper-login--x_Y-z=q_-; gatekeeper=-j_.k
      Cookie: gatekeeper-login--x_Y-z=q_-.1.1795521600123.p_-
      "idp" : "dex",
        "idp_iat" : 1795521599,
      "sid" : "-d_", "login" : "_l-", "iat" : 1795521600, "exp" : 1795564799
      """;

  @Test
  void eachValueHasItsNameWhateverItsCharacters() {
    assertEquals(
        """
        GET http://localhost:8080/?req=‹Dex's request›&state=‹state›&nonce=‹nonce›&code=‹code›&code_challenge=‹challenge›
        redirect_uri=http%3A%2F%2Flocalhost%3A8080&code_verifier=‹verifier›
        Authorization: Basic ‹client and secret›
        x-forwarded-for: ‹browser's address›
        x-envoy-external-address: 127.0.0.1
        x-request-id: ‹request id›
        login=a&password=‹password›
        {"access_token":"‹access token›","expires_in":86400,"id_token":"‹ID token›"}
        Set-Cookie: gatekeeper=‹session JWT›; Max-Age=43200
        Set-Cookie: gatekeeper-refresh=‹sealed refresh cookie›; Path=/
        Cookie: gatekeeper-login-‹id›=‹browser's secret›; gatekeeper=‹session JWT›
        Cookie: gatekeeper-login-‹id›=‹browser's secret›.‹count of logins›
        "idp" : "dex",
        "sid" : "‹session id›", "login" : "‹login id›", "iat" : ‹now›, "exp" : ‹now + 43200›
        """,
        new Placeholders(RUN).in(RUN));
  }
}
