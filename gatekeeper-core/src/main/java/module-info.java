/** OpenID Connect in front of any Java service or gateway: the flow, sessions and rules. */
module io.gatekeeper.core {
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.nimbusds.jose.jwt;
  requires java.net.http;
  requires oauth2.oidc.sdk;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.gatekeeper;
  exports io.gatekeeper.http;
  exports io.gatekeeper.identity;
  exports io.gatekeeper.session;
}
