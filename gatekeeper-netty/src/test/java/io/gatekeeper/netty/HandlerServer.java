package io.gatekeeper.netty;

import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Servers with the handler behind the codec, and what their clients say. */
final class HandlerServer {
  private HandlerServer() {}

  /** The codec, the handler, and these behind it. */
  static NettyServer start(Doorman doorman, Supplier<ChannelHandler[]> application) {
    return new NettyServer(
        channel ->
            channel
                .pipeline()
                .addLast(GuardedServer.codec(), new GatekeeperHandler(doorman))
                .addLast(application.get()));
  }

  static NettyServer echo(Doorman doorman) {
    return start(doorman, () -> new ChannelHandler[] {new EchoHandler()});
  }

  static String get(String target, String user) {
    return request("GET", target, user, "", "");
  }

  /** A message; more header lines each end with a line break. */
  static String request(String method, String target, String user, String more, String body) {
    String session = user == null ? "" : "X-Session: " + user + "\r\n";
    return method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + session + more + "\r\n" + body;
  }

  static String post(String target, String user, String body) {
    return request("POST", target, user, "Content-Length: " + body.length() + "\r\n", body);
  }

  /** Whether a server still serves. */
  static boolean serves(InetSocketAddress address) throws IOException {
    return RawHttp.exchange(address, get("/", "carol")).body().contains("identity=carol");
  }
}
