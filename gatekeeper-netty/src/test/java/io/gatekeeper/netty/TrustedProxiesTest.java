package io.gatekeeper.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.3/16, 10.1.9.9, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::1, ::1, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true"
  })
  void proxyIsTrustedByItsAddress(String range, String peer, boolean trusted)
      throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(peer), 1);
    assertEquals(trusted, new TrustedProxies(List.of("192.0.2.1", range)).admit(address));
    assertEquals(false, new TrustedProxies(List.of()).admit(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "::1/129", "", "/8"})
  void whatIsNoRangeIsAnErrorAndIsNotLookedUp(String range) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new TrustedProxies(List.of("::1", range)));
    assertTrue(e.getMessage().startsWith("trusted-proxies: " + range + " (expected: "));
  }
}
