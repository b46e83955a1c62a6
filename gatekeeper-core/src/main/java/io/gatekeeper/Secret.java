package io.gatekeeper;

import java.util.Objects;

/** A text that no log and no message shows. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /**
   * Wraps a secret.
   *
   * @param value the text
   * @return the secret
   */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /**
   * The text itself: for the one place that uses it.
   *
   * @return the text
   */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Three stars. */
  @Override
  public String toString() {
    return "***";
  }
}
