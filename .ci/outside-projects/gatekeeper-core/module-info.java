module outside {
  requires io.gatekeeper.core;
  requires jdk.httpserver;
}
