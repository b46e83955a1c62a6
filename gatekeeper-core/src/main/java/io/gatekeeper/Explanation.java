package io.gatekeeper;

import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;

/**
 * What to do about a rejection: for whoever sees it, and for whoever runs the site. It names
 * settings and the addresses that browsers see anyway, and nothing else, for anybody may read it.
 * What stands between backquotes is to be typed so. Pure functions.
 *
 * @param person what the person can do; empty where the message says it all
 * @param operator what to look at in the settings and around; empty for nothing
 */
record Explanation(String person, String operator) {
  private static final String NOTHING_TO_MEND =
      "This is nothing that you can mend: please tell whoever runs this site.";
  private static final String START_AGAIN = "Please start again from the page that you wanted.";

  /** Explains a rejection. */
  static Explanation of(Rejection rejection, Site site) {
    return switch (rejection) {
      case COOKIES_REFUSED, SESSION_NOT_KEPT, SESSION_NOT_TAKEN, HOST_UNKNOWN ->
          address(rejection, site);
      case STATE_MISSING, STATE_INVALID, STATE_STALE, STATE_FOREIGN, CALLBACK_INVALID ->
          state(rejection);
      case PROVIDER_DENIED, PROVIDER_INTERACTION, PROVIDER_BUSY, REQUEST_REFUSED, PROVIDER_ERROR ->
          answer(rejection, site);
      case PROVIDER_UNAVAILABLE,
          PROVIDER_METADATA,
          CLIENT_REFUSED,
          CODE_REFUSED,
          TOKEN_RESPONSE_INVALID ->
          provider(rejection, site);
      default -> token(rejection);
    };
  }

  /** Cookies and addresses: what the browser, the settings and a gateway must agree on. */
  private static Explanation address(Rejection rejection, Site site) {
    String url = site.url();
    String cookies =
        "Allow cookies for this site, or leave what blocks them (a private window, an extension),"
            + " and try again. Look at the address bar too: it should begin with %s."
                .formatted(url);
    return switch (rejection) {
      case COOKIES_REFUSED ->
          new Explanation(
              cookies,
              "Browsers send our cookies back only to `external-url`, which is %s%s. If the address"
                      .formatted(url, site.secure() ? ", and only over TLS" : "")
                  + " bar shows another host or scheme, correct the setting or the way there. A"
                  + " gateway has to pass `Cookie` and `Set-Cookie`.");
      case SESSION_NOT_KEPT ->
          new Explanation(
              cookies,
              "The login's own cookie comes back, so cookies are not refused altogether. The"
                  + " session's is larger, up to 3,800 bytes, and may have a `cookie-domain`: look"
                  + " for what drops it on its way. `external-url` is %s.".formatted(url));
      case SESSION_NOT_TAKEN ->
          new Explanation(
              NOTHING_TO_MEND,
              "A gateway has to show `Cookie` to the check. All replicas need the same"
                  + " `session-secrets`, `external-url` and `client-id`, and clocks that agree. Two"
                  + " applications on one host need a `cookie-name` each.");
      default ->
          new Explanation(
              "If the address bar shows another address than %s, go there. Otherwise tell whoever runs"
                      .formatted(url)
                  + " this site.",
              "`external-url` is %s. Where that is what the address bar shows, what stands in front"
                      .formatted(url)
                  + " has to pass `Host` as it came; another host of this site may be named in"
                  + " `additional-hosts`.");
    };
  }

  /** Authorization responses that don't belong to a login of this browser. */
  private static Explanation state(Rejection rejection) {
    return switch (rejection) {
      case STATE_INVALID ->
          new Explanation(
              START_AGAIN,
              "All replicas need the same `session-secrets` (or `session-secret-files`); without"
                  + " any, each start makes new ones.");
      case STATE_STALE ->
          new Explanation(
              "", "A sign-in may take ten minutes. If it took less, the replicas' clocks differ.");
      case STATE_FOREIGN ->
          new Explanation(
              "",
              "All replicas need the same `issuer`, `client-id` and `external-url`, and no cache may"
                  + " keep redirects to the provider.");
      default -> new Explanation(START_AGAIN, "");
    };
  }

  /** The provider says no. */
  private static Explanation answer(Rejection rejection, Site site) {
    return switch (rejection) {
      case PROVIDER_DENIED ->
          new Explanation(
              "If it was you who declined, try again. Otherwise ask whoever looks after your account"
                  + " at the provider for access to this site.",
              "");
      case PROVIDER_INTERACTION ->
          new Explanation(
              "Try again, and do there what the provider asks for: sign in, agree, or choose an"
                  + " account.",
              "The provider wanted to ask something and could not: look there for what users of"
                  + " this client have to agree to.");
      case REQUEST_REFUSED ->
          new Explanation(
              NOTHING_TO_MEND,
              "At the provider, the client of `client-id` has to be allowed the authorization code"
                  + " flow and the `scopes`, with the redirect URI %s, to the letter."
                      .formatted(site.redirectUri()));
      default -> new Explanation("", "The log has the provider's own words.");
    };
  }

  /** The provider itself, and what it says to us in private. */
  private static Explanation provider(Rejection rejection, Site site) {
    return switch (rejection) {
      case PROVIDER_UNAVAILABLE ->
          new Explanation(
              "",
              "The log says what failed: the name, the connection, the certificate, or the time it"
                  + " took.");
      case PROVIDER_METADATA ->
          new Explanation(
              NOTHING_TO_MEND,
              "The log says what is wrong with the provider's metadata. `issuer` has to be what they"
                  + " call themselves, to the letter.");
      case CLIENT_REFUSED ->
          new Explanation(
              NOTHING_TO_MEND,
              "The provider's token endpoint does not take `client-id`, `client-secret` or"
                  + " `token-endpoint-auth-method`.");
      case CODE_REFUSED ->
          new Explanation(
              "",
              "The provider's token endpoint does not take the code. The redirect URI registered"
                  + " there has to be %s, to the letter, and the provider's replicas need one store."
                      .formatted(site.redirectUri()));
      default -> new Explanation(NOTHING_TO_MEND, "The log says what is wrong with the answer.");
    };
  }

  /** What a login brought that makes no session. */
  private static Explanation token(Rejection rejection) {
    return switch (rejection) {
      case ID_TOKEN_EXPIRED, ID_TOKEN_ISSUED_AT ->
          new Explanation(
              NOTHING_TO_MEND,
              "Set the clocks of both by a time server (NTP). A difference of up to `clock-skew` is"
                  + " let pass.");
      case ID_TOKEN_ISSUER, CALLBACK_ISSUER ->
          new Explanation(
              NOTHING_TO_MEND, "`issuer` has to be what the provider calls itself, to the letter.");
      case ID_TOKEN_AUDIENCE, ID_TOKEN_AUTHORIZED_PARTY ->
          new Explanation(
              NOTHING_TO_MEND, "The ID token is not for `client-id` (see `trusted-audiences`).");
      case SESSION_TOO_LARGE ->
          new Explanation(
              "Please tell whoever runs this site.",
              "`groups-allow` and `session.claims` say what a session keeps; the log names the"
                  + " largest claims.");
      case CLAIM_MISSING ->
          new Explanation(
              "Please tell whoever runs this site.",
              "The log names the claim. See `identity.user`, and whether `scopes` ask for it.");
      case ID_TOKEN_MALFORMED,
          ID_TOKEN_SIGNATURE,
          ID_TOKEN_SUBJECT,
          ID_TOKEN_NONCE,
          ID_TOKEN_AUTH_TIME,
          ID_TOKEN_ACCESS_TOKEN_HASH,
          USERINFO_INVALID ->
          new Explanation(NOTHING_TO_MEND, "The log says which check failed.");
      default -> new Explanation("", "");
    };
  }
}
