package io.gatekeeper.provider;

import io.gatekeeper.identity.Rejection;

/**
 * The provider, or what it sent, stops a login. Checked, and caught in one place: where a login
 * becomes an answer.
 */
public final class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;

  /**
   * A login that can't go on.
   *
   * @param rejection why
   * @param detail what to look for, for the operator: without any code, token or secret
   */
  public ProviderException(Rejection rejection, String detail) {
    super(detail);
    this.rejection = rejection;
  }

  /**
   * A login that can't go on because of something underneath.
   *
   * @param rejection why
   * @param detail what to look for, for the operator: without any code, token or secret
   * @param cause what happened underneath
   */
  public ProviderException(Rejection rejection, String detail, Throwable cause) {
    super(detail, cause);
    this.rejection = rejection;
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Rejection rejection() {
    return rejection;
  }

  /**
   * What to look for.
   *
   * @return a line for the operator
   */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
