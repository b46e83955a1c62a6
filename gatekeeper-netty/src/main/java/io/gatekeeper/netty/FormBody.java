package io.gatekeeper.netty;

import io.gatekeeper.http.GatekeeperRequest;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the body of a form on the heap, up to {@link GatekeeperRequest#FORM_LIMIT}. */
final class FormBody {
  private byte[] bytes = new byte[256];
  private int length;

  /** Whether a request carries a form. */
  static boolean isIn(HttpRequest head) {
    CharSequence type = HttpUtil.getMimeType(head);
    return head.method().equals(HttpMethod.POST)
        && head.headers().getAll(HttpHeaderNames.CONTENT_TYPE).size() == 1
        && type != null
        && HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.contentEqualsIgnoreCase(
            type.toString().trim());
  }

  /** Whether a request says of itself that its body is over the limit. */
  static boolean isTooLarge(HttpRequest head) {
    return HttpUtil.getContentLength(head, 0L) > GatekeeperRequest.FORM_LIMIT;
  }

  /**
   * Adds a part of the body.
   *
   * @return whether it still fits; when not, nothing was added
   */
  boolean add(ByteBuf part) {
    int more = part.readableBytes();
    if (length + more > GatekeeperRequest.FORM_LIMIT) {
      return false;
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
    part.getBytes(part.readerIndex(), bytes, length, more);
    length += more;
    return true;
  }

  /** The form as it came, still encoded, one char a byte. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
