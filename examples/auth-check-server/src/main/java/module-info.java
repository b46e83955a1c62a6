/** The auth check as one runnable jar. */
module io.gatekeeper.examples.authcheck {
  requires io.gatekeeper.core;
  requires io.gatekeeper.netty;
  requires ch.qos.logback.classic;
  requires org.slf4j;
  requires static org.jspecify;
}
