package io.gatekeeper.provider;

import io.gatekeeper.identity.Rejection;

/**
 * The provider, or what it sent, stops a login. Checked, and caught in one place: where a login
 * becomes an answer.
 */
public final class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;
  private final String shown;

  /**
   * A login that can't go on.
   *
   * @param rejection why
   * @param detail what to look for, for the operator: without any code, token or secret
   */
  public ProviderException(Rejection rejection, String detail) {
    this(rejection, detail, "");
  }

  /**
   * A login that can't go on, of which more may be told to anybody.
   *
   * @param rejection why
   * @param detail what to look for, for the operator: without any code, token or secret
   * @param shown a sentence for the page, in words of our own; empty for none
   */
  public ProviderException(Rejection rejection, String detail, String shown) {
    super(detail);
    this.rejection = rejection;
    this.shown = shown;
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
    this.shown = cause instanceof ProviderException same ? same.shown : "";
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

  /**
   * What more may be told to anybody.
   *
   * @return a sentence in words of our own; empty for none
   */
  public String shown() {
    return shown;
  }
}
