package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.session.SessionKeys;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many logins of one browser completed of late, each begun just after the one before: who needs
 * so many has a session that is never seen again.
 *
 * @param number how many, at most 9
 * @param last when the last one completed
 */
record Rounds(int number, Instant last) {
  /** After so many a page says why, before the browser gives up at its 20 redirects. */
  static final int MOST = 3;

  /** A login that begins within this time of the one before is one more round. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int PROOF = 22;
  private static final Pattern TEXT =
      Pattern.compile("([1-9])\\.([0-9]{1,15})\\.([A-Za-z0-9_-]{" + PROOF + "})");

  /** Whether a login that brings this count, and begins now, is one more round. */
  boolean isRecent(Instant now) {
    // No earlier end: another replica's clock may be ahead.
    return now.isBefore(last.plus(WINDOW));
  }

  /** How many rounds went before a login that began then, without a look at this count. */
  int before(Instant begun) {
    return begun.isBefore(last) || !isRecent(begun) ? 0 : number;
  }

  /** As text for the browser's cookie, which nobody else can write. */
  String text(SessionKeys.Key key, Browser browser) {
    String numbers = number + "." + last.toEpochMilli();
    return numbers + "." + proof(numbers, key, browser);
  }

  /** Empty where the text is another browser's, or was not written under this key. */
  static Optional<Rounds> read(String text, SessionKeys.Key key, Browser browser) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String numbers = matcher.group(1) + "." + matcher.group(2);
    byte[] proof = proof(numbers, key, browser).getBytes(ISO_8859_1);
    return MessageDigest.isEqual(proof, matcher.group(3).getBytes(ISO_8859_1))
        ? Optional.of(
            new Rounds(
                Integer.parseInt(matcher.group(1)),
                Instant.ofEpochMilli(Long.parseLong(matcher.group(2)))))
        : Optional.empty();
  }

  private static String proof(String numbers, SessionKeys.Key key, Browser browser) {
    byte[] secret = browser.secret().getBytes(ISO_8859_1);
    return key.proof("login rounds", numbers.getBytes(ISO_8859_1), secret).substring(0, PROOF);
  }
}
