/** The place of the servlet filter. */
module io.gatekeeper.servlet {
  requires transitive io.gatekeeper.core;
  requires static transitive org.jspecify;
}
