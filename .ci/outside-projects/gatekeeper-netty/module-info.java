module outside {
  requires io.gatekeeper.netty;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.transport;
  requires java.net.http;
  requires jdk.httpserver;
}
