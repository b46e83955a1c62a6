package io.gatekeeper.identity;

import java.util.Locale;

/**
 * Why a request was not affirmed or a login did not succeed: a closed list. The {@link #code} is
 * stable, so that logs and metrics can count on it; the {@link #message} is all that a browser gets
 * to read, so none of them tells a stranger more than the way out.
 */
public enum Rejection {
  /** No session cookie came with the request. */
  SESSION_MISSING(401, "Please sign in."),
  /** The session cookie is no token: its form or its claims. */
  SESSION_MALFORMED(401, "Please sign in again."),
  /** The token has not the header and signature that a session secret of ours gives. */
  SESSION_SIGNATURE(401, "Please sign in again."),
  /** The session was issued for another external URL. */
  SESSION_ISSUER(401, "Please sign in again."),
  /** The session was issued for another client. */
  SESSION_AUDIENCE(401, "Please sign in again."),
  /** The session is over. */
  SESSION_EXPIRED(401, "Your session has ended. Please sign in again."),
  /** The session goes on, but over {@code renew}: its token is due. */
  SESSION_DUE(401, "Your session is due for renewal."),
  /** The session was ended before its time: a sign-out, the provider, or an administrator. */
  SESSION_REVOKED(401, "Your session was ended. Please sign in again."),
  /** Two cookies of one name carry valid sessions that differ; neither counts. */
  SESSION_AMBIGUOUS(401, "Please sign in again."),
  /** The claims don't fit into a cookie that every browser keeps. */
  SESSION_TOO_LARGE(403, "Your account carries more data than a session can hold."),

  /** The rules don't let this user go there. */
  FORBIDDEN(403, "You may not see this page."),
  /** A claim that identities are made of is missing, or not vouched for. */
  CLAIM_MISSING(403, "Your account lacks what this service knows people by."),
  /** The settings under {@code allow} don't let this user in at all. */
  NOT_ALLOWED(403, "You are signed in at the provider, but not allowed to use this service."),

  /** The path can't be judged: control bytes, bad escapes, backslashes or dot segments. */
  PATH_INVALID(400, "The address is not valid."),
  /** The path can be read in several ways, and they don't lead to the same verdict. */
  PATH_AMBIGUOUS(400, "The address can be read in more than one way."),
  /** The path is outside of the external URL's own. */
  PATH_OUTSIDE(403, "The address is not part of this service."),
  /** The host is none of ours. */
  HOST_UNKNOWN(400, "This service is not reached under this host name."),
  /**
   * The request carries a header that an application could take for one of our identity headers.
   */
  IDENTITY_HEADER_ALIAS(400, "The request carries a header that is reserved."),
  /** An own endpoint was asked in a way that it does not answer. */
  METHOD_NOT_ALLOWED(405, "This address does not answer such requests."),
  /** There is no such own endpoint. */
  ENDPOINT_UNKNOWN(404, "There is no such page."),

  /** The authorization response has no {@code state}. */
  STATE_MISSING(400, "The sign-in cannot go on: the answer is incomplete."),
  /** The {@code state} is not one of ours, or was changed on its way. */
  STATE_INVALID(400, "The sign-in cannot go on: the answer does not belong to it."),
  /** The login was begun too long ago. */
  STATE_STALE(400, "The sign-in took too long. Please start again."),
  /** The login was begun in another browser. */
  STATE_FOREIGN(400, "The sign-in was not begun in this browser. Please start again."),
  /** No login cookie came back from a browser that was given one. */
  COOKIES_REFUSED(
      400, "This browser does not send our cookies back, so the sign-in cannot come to its end."),
  /** Login after login completed at once, and no session cookie came back. */
  SESSION_NOT_KEPT(
      403, "You were signed in several times, but this browser does not send your session back."),
  /**
   * Login after login completed at once: the session comes back, but not everywhere, or not good.
   */
  SESSION_NOT_TAKEN(
      403, "You were signed in several times, but your session is not accepted here."),
  /** The authorization response lacks a parameter, repeats one or has an impossible one. */
  CALLBACK_INVALID(400, "The sign-in cannot go on: the answer is incomplete."),
  /** The authorization response names another issuer (RFC 9207). */
  CALLBACK_ISSUER(400, "The sign-in cannot go on: another provider answered."),
  /** The user, or the provider, declined ({@code access_denied}). */
  PROVIDER_DENIED(403, "The provider did not let you in, or you declined."),
  /** The provider needs the user ({@code login_required}, {@code consent_required} and such). */
  PROVIDER_INTERACTION(403, "The provider has to ask you something before it signs you in."),
  /** The provider can't at the moment ({@code temporarily_unavailable}, {@code server_error}). */
  PROVIDER_BUSY(
      503, "The provider cannot sign anybody in at the moment. Please try again in a moment."),
  /** The provider doesn't take our request ({@code invalid_scope} and such): its settings, ours. */
  REQUEST_REFUSED(403, "The provider does not take this site's request to sign you in."),
  /** The provider answered the authorization request with an error that no specification knows. */
  PROVIDER_ERROR(400, "The provider could not sign you in."),
  /**
   * The provider does not take the code: used before, or too old. It says {@code invalid_grant};
   * Dex says {@code invalid_request}.
   */
  CODE_REFUSED(400, "The sign-in was used before or took too long. Please start again."),

  /** The provider does not take the refresh token any more: the user is signed out there. */
  REFRESH_REFUSED(401, "Your session has ended. Please sign in again."),
  /** The user was signed out everywhere while this login went on. */
  LOGIN_REVOKED(403, "You were signed out while you signed in. Please start again."),

  /** The provider does not answer, or not in time. */
  PROVIDER_UNAVAILABLE(503, "The provider cannot be reached. Please try again in a moment."),
  /** The provider's metadata can't be used. */
  PROVIDER_METADATA(
      503, "Signing in is not possible at the moment: the provider is set up wrongly."),
  /** The provider does not know our client, its secret or its redirect URI. */
  CLIENT_REFUSED(503, "Signing in is not possible at the moment: the client is set up wrongly."),
  /** The token response is not one. */
  TOKEN_RESPONSE_INVALID(502, "The provider gave an answer that cannot be used."),

  /** The ID token is no compact JWS, is too large, or has claims of the wrong form. */
  ID_TOKEN_MALFORMED(403, "The sign-in could not be verified."),
  /** The ID token's type, algorithm, critical headers or signature. */
  ID_TOKEN_SIGNATURE(403, "The sign-in could not be verified."),
  /** The ID token's {@code iss} is not the issuer. */
  ID_TOKEN_ISSUER(403, "The sign-in could not be verified."),
  /** The ID token's {@code aud} is not us, or not us alone. */
  ID_TOKEN_AUDIENCE(403, "The sign-in could not be verified."),
  /** The ID token's {@code azp} is not us. */
  ID_TOKEN_AUTHORIZED_PARTY(403, "The sign-in could not be verified."),
  /** The ID token's {@code exp} is missing or past. */
  ID_TOKEN_EXPIRED(403, "The sign-in could not be verified: it has expired."),
  /** The ID token's {@code iat} or {@code nbf} is missing, in the future, or too long ago. */
  ID_TOKEN_ISSUED_AT(
      403, "The sign-in could not be verified: the clocks of provider and service differ."),
  /** The ID token's {@code sub} is missing or not a subject. */
  ID_TOKEN_SUBJECT(403, "The sign-in could not be verified."),
  /** The ID token's {@code nonce} is not the login's. */
  ID_TOKEN_NONCE(403, "The sign-in could not be verified."),
  /** A refreshed ID token's {@code auth_time} is not the login's. */
  ID_TOKEN_AUTH_TIME(403, "The sign-in could not be verified."),
  /** The ID token's {@code at_hash} does not fit the access token. */
  ID_TOKEN_ACCESS_TOKEN_HASH(403, "The sign-in could not be verified."),
  /** The userinfo response is not one. */
  USERINFO_INVALID(403, "The sign-in could not be verified."),
  /** The userinfo response speaks of somebody else. */
  USERINFO_SUBJECT(403, "The sign-in could not be verified."),

  /** A logout request of the provider's that is none, or whose token doesn't count. */
  LOGOUT_TOKEN_INVALID(400, "The logout request is not valid."),
  /** A sign-out that no page of ours asked for. */
  LOGOUT_FORGED(403, "The request to sign out did not come from this site."),
  /** A gateway asks for a sign-in where there is one: its check sees another request than we do. */
  CHALLENGE_CONTRADICTED(
      500, "The gateway and this service see your request differently. Please tell its owner."),
  /** More logins wait than we hold. */
  OVERLOADED(503, "Too many sign-ins at once. Please try again in a moment."),
  /** A mistake of ours; the log has it. */
  INTERNAL(500, "Something went wrong here. Please try again in a moment.");

  private final int status;
  private final String message;
  private final String code;

  Rejection(int status, String message) {
    this.status = status;
    this.message = message;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The stable code, for logs, metrics and the query of the error page.
   *
   * @return lower case with dashes, like {@code state-stale}
   */
  public String code() {
    return code;
  }

  /**
   * The status code of an answer that says so (RFC 9110, section 15).
   *
   * @return 4xx, or 5xx where the fault is ours or the provider's
   */
  public int status() {
    return status;
  }

  /**
   * The public text.
   *
   * @return a sentence or two, safe to show to anybody
   */
  public String message() {
    return message;
  }
}
