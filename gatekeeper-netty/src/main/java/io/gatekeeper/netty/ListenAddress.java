package io.gatekeeper.netty;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a port is bound, as its setting says it.
 *
 * @param setting the setting's name, for messages
 * @param text {@code host:port}, {@code [address]:port}, or {@code :port} for all addresses; port 0
 *     takes a free one
 */
record ListenAddress(String setting, String text) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]*)):(\\d+)");
  private static final int MAX_PORT = 65_535;

  /**
   * The address to bind.
   *
   * @return the address, resolved where it names a host
   * @throws IllegalArgumentException for any other form
   */
  InetSocketAddress socketAddress() {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(3).length() > 5) {
      throw invalid();
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > MAX_PORT) {
      throw invalid();
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        setting + ": " + text + " (expected: host:port, [address]:port or :port)");
  }
}
