package io.gatekeeper.examples.kubeflow;

import java.security.SecureRandom;

/** Makes passwords that can be read out loud and typed without a mistake. */
final class Passwords {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final int SYLLABLES = 6;

  private Passwords() {}

  /** A new one, such as {@code tibo-kane-lufo}: one of some hundred thousand million. */
  static String generate() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < SYLLABLES; i++) {
      password
          .append(i > 0 && i % 2 == 0 ? "-" : "")
          .append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
          .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return password.toString();
  }
}
