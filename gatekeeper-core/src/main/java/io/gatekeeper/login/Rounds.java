package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.session.LengthPrefixed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many logins of one browser completed of late, each begun just after the one before: who needs
 * so many has a session that is never seen again.
 *
 * @param number how many
 * @param last when the last one completed
 */
record Rounds(int number, Instant last) {
  /** After so many a page says why, before the browser gives up at its 20 redirects. */
  static final int MOST = 3;

  /** A login that begins within this time of the one before is one more round. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** How many rounds went before a login that begins at this moment. */
  int before(Instant begun) {
    return begun.isBefore(last) || !begun.isBefore(last.plus(WINDOW)) ? 0 : number;
  }

  /** As bytes, for the cookie of one browser. */
  byte[] bytes(Browser browser) {
    byte[] numbers =
        ByteBuffer.allocate(Long.BYTES + 1).putLong(last.toEpochMilli()).put((byte) number).array();
    return LengthPrefixed.join(browser.id().getBytes(ISO_8859_1), numbers);
  }

  /** Empty where the bytes are another browser's. */
  static Optional<Rounds> read(byte[] bytes, Browser browser) {
    return LengthPrefixed.split(bytes).flatMap(parts -> read(parts, browser));
  }

  private static Optional<Rounds> read(List<byte[]> parts, Browser browser) {
    if (parts.size() != 2
        || !browser.id().equals(new String(parts.get(0), ISO_8859_1))
        || parts.get(1).length != Long.BYTES + 1) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.wrap(parts.get(1));
    return Optional.of(
        new Rounds(numbers.get(Long.BYTES), Instant.ofEpochMilli(numbers.getLong())));
  }
}
