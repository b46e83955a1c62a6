package io.gatekeeper.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several byte strings as one, each with its length before it, so that no two lists give the same
 * bytes. Pure functions.
 */
public final class LengthPrefixed {
  private LengthPrefixed() {}

  /**
   * Joins the parts.
   *
   * @param parts the parts
   * @return each part's length in four bytes and the part
   */
  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }

  /**
   * Takes apart what {@link #join} made.
   *
   * @param joined the bytes
   * @return the parts; empty when the lengths don't fit
   */
  public static Optional<List<byte[]>> split(byte[] joined) {
    ByteBuffer rest = ByteBuffer.wrap(joined);
    List<byte[]> parts = new ArrayList<>();
    while (rest.hasRemaining()) {
      if (rest.remaining() < Integer.BYTES) {
        return Optional.empty();
      }
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      byte[] part = new byte[length];
      rest.get(part);
      parts.add(part);
    }
    return Optional.of(parts);
  }
}
