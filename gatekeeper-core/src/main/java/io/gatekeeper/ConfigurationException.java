package io.gatekeeper;

import java.util.List;

/**
 * A configuration that can't be used. Its message has one line for each mistake, so that all of
 * them are mended at once; it shows no secret.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems.toArray(String[]::new);
  }

  /**
   * The mistakes, such as {@code session.lifetime: PT0S (expected: more than zero)}.
   *
   * @return a line each; never empty
   */
  public List<String> problems() {
    return List.of(problems);
  }
}
