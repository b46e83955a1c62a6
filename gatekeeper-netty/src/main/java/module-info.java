/** A guard for Netty pipelines, and the auth check that gateways ask. */
module io.gatekeeper.netty {
  requires transitive io.gatekeeper.core;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.gatekeeper.netty;
}
