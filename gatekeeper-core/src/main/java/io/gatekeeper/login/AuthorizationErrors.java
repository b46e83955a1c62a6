package io.gatekeeper.login;

import io.gatekeeper.identity.Rejection;

/**
 * What the error of an authorization response means. The list is closed, so that what a page shows
 * of it is never the provider's own text, nor that of somebody who wrote the address.
 *
 * <p>Specification: RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6.
 */
final class AuthorizationErrors {
  private AuthorizationErrors() {}

  static Rejection meaning(String error) {
    return switch (error) {
      case "access_denied" -> Rejection.PROVIDER_DENIED;
      case "login_required",
          "interaction_required",
          "consent_required",
          "account_selection_required" ->
          Rejection.PROVIDER_INTERACTION;
      case "temporarily_unavailable", "server_error" -> Rejection.PROVIDER_BUSY;
      case "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_response_type",
          "invalid_request_uri",
          "invalid_request_object",
          "request_not_supported",
          "request_uri_not_supported",
          "registration_not_supported" ->
          Rejection.REQUEST_REFUSED;
      default -> Rejection.PROVIDER_ERROR;
    };
  }

  /** A sentence for anybody; empty for an error that is not on the list. */
  static String shown(String error) {
    return meaning(error) == Rejection.PROVIDER_ERROR
        ? ""
        : "The provider answered `%s`.".formatted(error);
  }
}
