package io.gatekeeper.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** Which requests no endpoint gets to see. */
final class RequestGuard {
  /** Nothing is wrong with the request. */
  static final int PASSED = 0;

  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int HEADERS_TOO_LARGE = 431;

  private RequestGuard() {}

  /**
   * Judges a request by its head.
   *
   * <p>Specification: RFC 9112, section 3.2 (targets and Host) and 6.1 (transfer codings).
   *
   * @param head the head, decoded or not
   * @return {@link #PASSED}, or the status to refuse it with before the connection is closed
   */
  static int judge(HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      return undecoded(head.decoderResult().cause());
    }
    boolean fine =
        isKnownVersion(head.protocolVersion())
            && head.uri().startsWith("/")
            && hasOneHost(head)
            && hasPlainFraming(head);
    return fine ? PASSED : BAD_REQUEST;
  }

  private static int undecoded(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : BAD_REQUEST;
  }

  private static boolean isKnownVersion(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private static boolean hasOneHost(HttpRequest head) {
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    return hosts == 1 || (hosts == 0 && Responses.isHttp10(head));
  }

  /**
   * Netty reads eight bytes more where a draft of WebSocket from 2010 had them; nobody else does.
   */
  private static boolean hasPlainFraming(HttpRequest head) {
    HttpHeaders headers = head.headers();
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
        || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2)) {
      return false;
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1
            && !Responses.isHttp10(head)
            && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
  }
}
