package io.gatekeeper.netty;

import io.gatekeeper.http.Response;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * How a request is answered that goes no further.
 *
 * @param bodiless whether the answer's body is left out
 * @param closes whether the connection ends with the answer
 * @param connection what the answer says of it
 */
record Refusal(boolean bodiless, boolean closes, Responses.Connection connection) {
  /** The most bytes of a refused request's body that are thrown away for the connection's sake. */
  static final long SWALLOW_LIMIT = 2 * 1024 * 1024;

  /**
   * Looks at what is left of a request. Where its body may never come, or is too large to wait for
   * its end, nobody knows where the next request would begin: the connection ends.
   *
   * <p>Specification: RFC 9110, section 10.1.1, and RFC 9112, sections 9.3 and 9.6.
   *
   * @param channel where it came from
   * @param request the request
   * @param received whether all of it is here
   * @param broken whether nothing may come after it
   */
  static Refusal of(Channel channel, HttpRequest request, boolean received, boolean broken) {
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    boolean endless =
        !received
            && (Responses.awaitsContinue(request)
                || HttpUtil.getContentLength(request, 0L) > SWALLOW_LIMIT);
    boolean closes = !isStream(channel) && (broken || endless || !HttpUtil.isKeepAlive(request));
    return new Refusal(
        bodiless, closes, Responses.Connection.of(closes, Responses.isHttp10(request)));
  }

  /** Whether a channel is one of many in a connection, as in HTTP/2: it has one request. */
  static boolean isStream(Channel channel) {
    return channel.parent() != null && !(channel.parent() instanceof ServerChannel);
  }

  FullHttpResponse encode(Response response) {
    return Responses.encode(response, Responses.FAILED, bodiless, connection);
  }
}
