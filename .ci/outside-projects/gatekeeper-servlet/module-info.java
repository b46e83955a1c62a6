module outside {
  requires io.gatekeeper.servlet;
  requires java.net.http;
  requires jdk.httpserver;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.server;
}
