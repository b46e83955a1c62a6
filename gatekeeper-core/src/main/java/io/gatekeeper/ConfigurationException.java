package io.gatekeeper;

import java.util.List;

/**
 * A configuration that can't be used. Its message has one line for each mistake, so that all of
 * them are mended at once; it shows no secret.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * The mistakes, such as {@code session.lifetime: PT0S (expected: more than zero)}.
   *
   * @return a line each, in the order of the settings; never empty
   */
  public List<String> problems() {
    return problems;
  }
}
