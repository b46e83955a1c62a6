/** The servlet filter that guards an application with Gatekeeper. */
module io.gatekeeper.servlet {
  requires transitive io.gatekeeper.core;
  requires transitive jakarta.servlet;
  requires static transitive org.jspecify;

  exports io.gatekeeper.servlet;
}
