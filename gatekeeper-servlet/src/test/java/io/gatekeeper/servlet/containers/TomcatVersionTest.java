package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Test;

/** The build runs the tests on Tomcat twice; this holds that they meet two Tomcats. */
class TomcatVersionTest {
  @Test
  void tomcatIsTheOneThatTheBuildNames() {
    String named = System.getProperty("tomcat.version");

    assertTrue(ServerInfo.getServerNumber().startsWith(named), ServerInfo::getServerNumber);
  }
}
