package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Replaces what a client says of itself in a request by what is known of it. */
final class RequestIdentity {
  private RequestIdentity() {}

  /**
   * Replaces the identity headers and the cookies of a request.
   *
   * @param request the request, which is changed
   * @param proceed what replaces them
   */
  static void replace(HttpRequest request, Decision.Proceed proceed) {
    HttpHeaders headers = request.headers();
    remove(headers, proceed);
    for (Map.Entry<String, String> header : proceed.identityHeaders().entrySet()) {
      headers.set(header.getKey(), header.getValue());
    }
    if (!proceed.cookie().isEmpty()) {
      headers.set(HttpHeaderNames.COOKIE, proceed.cookie());
    }
    if (request instanceof FullHttpRequest full) {
      removeFrom(full, proceed);
    }
  }

  /** Takes them out of the fields behind a body too, where some applications look as well. */
  static void removeFrom(LastHttpContent last, Decision.Proceed proceed) {
    remove(last.trailingHeaders(), proceed);
  }

  private static void remove(HttpHeaders headers, Decision.Proceed proceed) {
    List<String> replaced = null;
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
    while (entries.hasNext()) {
      String name = entries.next().getKey().toString();
      if (proceed.replaces(name)) {
        replaced = replaced == null ? new ArrayList<>(2) : replaced;
        replaced.add(name);
      }
    }
    if (replaced != null) {
      replaced.forEach(headers::remove);
    }
  }
}
