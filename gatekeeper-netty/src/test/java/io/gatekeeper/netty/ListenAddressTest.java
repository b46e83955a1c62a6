package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4180, 127.0.0.1, 4180",
    "0.0.0.0:0, 0.0.0.0, 0",
    "[::1]:65535, 0:0:0:0:0:0:0:1, 65535"
  })
  void addressIsHostAndPort(String text, String host, int port) {
    InetSocketAddress address = new ListenAddress("listen", text).socketAddress();
    assertEquals(host, address.getAddress().getHostAddress());
    assertEquals(port, address.getPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {":4180"})
  void portAloneIsAllAddresses(String text) {
    assertEquals(new InetSocketAddress(4180), new ListenAddress("listen", text).socketAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4180", "host", "host:", "host:65536", "host:123456", "::1:80", "host:-1"})
  void anythingElseIsAnError(String text) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ListenAddress("check-listen", text).socketAddress());
    assertEquals(
        "check-listen: " + text + " (expected: host:port, [address]:port or :port)",
        e.getMessage());
  }
}
