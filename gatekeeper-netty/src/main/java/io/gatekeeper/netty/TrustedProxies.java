package io.gatekeeper.netty;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Who may ask on the check port: addresses, and ranges in CIDR notation. */
final class TrustedProxies {
  private static final String EXPECTED = " (expected: an IP address, or a range like 10.0.0.0/8)";

  private final List<IpSubnetFilterRule> rules;

  /**
   * Reads the setting {@code trusted-proxies}.
   *
   * @param ranges addresses and ranges; none: nobody may ask
   * @throws IllegalArgumentException where one of them is neither; names are not looked up
   */
  TrustedProxies(List<String> ranges) {
    this.rules = ranges.stream().map(TrustedProxies::rule).toList();
  }

  private static IpSubnetFilterRule rule(String range) {
    int slash = range.indexOf('/');
    String address = slash < 0 ? range : range.substring(0, slash);
    boolean isIpv4 = NetUtil.isValidIpV4Address(address);
    if (!isIpv4 && !NetUtil.isValidIpV6Address(address)) {
      throw new IllegalArgumentException("trusted-proxies: " + range + EXPECTED);
    }
    int longest = isIpv4 ? 32 : 128;
    try {
      int bits = slash < 0 ? longest : Integer.parseInt(range.substring(slash + 1));
      return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("trusted-proxies: " + range + EXPECTED, e);
    }
  }

  /**
   * Whether somebody may ask.
   *
   * @param peer the other end of a connection
   * @return true for an address in one of the ranges
   */
  boolean admit(SocketAddress peer) {
    return peer instanceof InetSocketAddress address
        && rules.stream().anyMatch(rule -> rule.matches(address));
  }
}
